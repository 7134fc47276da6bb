import { parseIp } from '../../address.ts';
import type { At } from '../../command-table.ts';
import type { AddressFamily, BgpFamily, BgpNeighbour, BgpNeighbourFamily, BgpProcess } from '../../device/bgp.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located, Span } from '../../span.ts';
import { getOrMake, listLine } from './drafts.ts';

/** What the rows below `router bgp` act on: an instance, and the address family whose lines these are. */
export interface BgpContext {
  readonly process: BgpProcess;
  /** At the process level this is the family that family-less lines mean: IPv4 unicast. */
  readonly family: AddressFamily;
  /** Neighbour lines here hold in every family (EOS process level). */
  readonly everyFamily: boolean;
}

export function bgpProcessOf(device: DeviceDraft, asn: Located<number>, vrf: string, span: Span): BgpProcess {
  const known = device.bgp.find((process) => process.vrf === vrf);
  if (known) return known;
  const made = emptyProcess(asn, vrf, span);
  device.bgp.push(made);
  return made;
}

const emptyProcess = (asn: Located<number>, vrf: string, span: Span): BgpProcess => ({
  vrf,
  asn,
  span,
  neighbours: new Map(),
  groups: new Map(),
  listenRanges: [],
  families: new Map(),
  options: {},
});

/**
 * `router bgp`. A device has one AS number per VRF: for another one it refuses the line and what stands below it, so
 * the line is listed and the process that comes back is not the device's.
 */
export function enterBgp(at: At, asn: Located<number>, vrf: string): BgpProcess {
  const known = at.device.bgp.find((process) => process.vrf === vrf);
  if (!known || known.asn.value === asn.value) return bgpProcessOf(at.device, asn, vrf, at.span);
  listLine(at);
  return emptyProcess(asn, vrf, at.span);
}

const emptyNeighbour = (id: string, kind: BgpNeighbour['kind'], span: Span): BgpNeighbour => ({
  id,
  kind,
  span,
  families: new Map(),
});

/**
 * The neighbour or group that a line names. An address is a neighbour; another word is a group unless it was declared
 * as an interface before.
 */
export function neighbourOf(process: BgpProcess, name: Located<string>): BgpNeighbour {
  const ip = parseIp(name.value);
  if (ip) return getOrMake(process.neighbours, ip.text, () => emptyNeighbour(ip.text, 'address', name.span));
  return process.neighbours.get(name.value) ?? groupOf(process, name);
}

export const groupOf = (process: BgpProcess, name: Located<string>): BgpNeighbour =>
  getOrMake(process.groups, name.value, () => emptyNeighbour(name.value, 'group', name.span));

/** Declares an unnumbered neighbour. A group that earlier lines had made of the same word becomes it. */
export function interfaceNeighbour(process: BgpProcess, id: string, span: Span): BgpNeighbour {
  return getOrMake(process.neighbours, id, () => {
    const mistaken = process.groups.get(id);
    process.groups.delete(id);
    return { ...(mistaken ?? { families: new Map() }), id, kind: 'interface' as const, span: mistaken?.span ?? span };
  });
}

/** The neighbour when the configuration already has it; a `no` form makes nothing. */
export function knownNeighbour(process: BgpProcess, name: string): BgpNeighbour | undefined {
  const id = parseIp(name)?.text ?? name;
  return process.neighbours.get(id) ?? process.groups.get(id);
}

export function removeNeighbour(process: BgpProcess, name: string): void {
  const id = parseIp(name)?.text ?? name;
  process.neighbours.delete(id);
  process.groups.delete(id);
}

/** Where a neighbour's line of this context stores what it sets. */
export function neighbourFamilyOf(context: BgpContext, neighbour: BgpNeighbour, span: Span): BgpNeighbourFamily {
  if (context.everyFamily) {
    neighbour.everyFamily ??= { span };
    return neighbour.everyFamily;
  }
  return getOrMake(neighbour.families, context.family, () => ({ span }));
}

export const knownNeighbourFamily = (context: BgpContext, neighbour: BgpNeighbour): BgpNeighbourFamily | undefined =>
  context.everyFamily ? neighbour.everyFamily : neighbour.families.get(context.family);

export const familyOf = (process: BgpProcess, family: AddressFamily, span: Span): BgpFamily =>
  getOrMake(process.families, family, () => ({ family, span, networks: [], redistribute: [], aggregates: [] }));

/** `ipv4`, `ipv4 unicast`, `vpnv4`, `l2vpn evpn` and their spellings on each system. */
const familyNames: Readonly<Record<string, AddressFamily>> = {
  ipv4: 'ipv4-unicast',
  'ipv4 unicast': 'ipv4-unicast',
  'ipv4 multicast': 'ipv4-multicast',
  'ipv4 labeled-unicast': 'ipv4-labeled',
  'ipv4 vpn': 'vpnv4-unicast',
  vpnv4: 'vpnv4-unicast',
  'vpnv4 unicast': 'vpnv4-unicast',
  'vpn-ipv4': 'vpnv4-unicast',
  ipv6: 'ipv6-unicast',
  'ipv6 unicast': 'ipv6-unicast',
  'ipv6 multicast': 'ipv6-multicast',
  'ipv6 labeled-unicast': 'ipv6-labeled',
  'ipv6 vpn': 'vpnv6-unicast',
  vpnv6: 'vpnv6-unicast',
  'vpnv6 unicast': 'vpnv6-unicast',
  'vpn-ipv6': 'vpnv6-unicast',
  evpn: 'l2vpn-evpn',
  'l2vpn evpn': 'l2vpn-evpn',
};

/** The family of the words after `address-family`; `other` for families that are kept but not modelled. */
export const familyNamed = (afi: string, safi?: string): AddressFamily =>
  familyNames[safi ? `${afi} ${safi}` : afi] ?? 'other';
