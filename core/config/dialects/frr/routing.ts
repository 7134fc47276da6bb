import { type Entry, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { ConfigTree } from '../../tree.ts';
import { finishCumulus, interfacesFile } from '../cumulus/interfaces-file.ts';
import { no, yes } from '../shared/drafts.ts';
import { frrBgp } from './bgp.ts';
import { frrIgpInterfaceRows, frrIgps } from './igp.ts';
import { finishFrrInterfaces, frrInterfaces } from './interfaces.ts';
import { frrStaticRoutes } from './static.ts';
import { frrVrf } from './vrf.ts';

const row = rowsOf<DeviceDraft>();

const lines: readonly Entry[] = [
  row('frr defaults <profile:traditional|datacenter>', {
    doc: 'Profile of defaults: timers, and BGP between data-centre switches without policies.',
    apply: (device, { profile }) => {
      device.defaultsProfile = profile;
    },
  }),
  row('ip router-id <id:ip4>', {
    doc: 'Router id of protocols that have no own.',
    apply: (device, { id }) => {
      device.routerId = id;
    },
    undo: (device) => {
      delete device.routerId;
    },
  }),
  row('router-id <id:ip4>', {
    doc: 'Router id of protocols that have no own.',
    apply: (device, { id }) => {
      device.routerId = id;
    },
    undo: (device) => {
      delete device.routerId;
    },
  }),
  row('ip forwarding', {
    doc: 'Forwards IPv4 packets.',
    apply: (device, _, at) => {
      device.ipRouting = yes(at.span);
    },
    undo: (device, _, at) => {
      device.ipRouting = no(at.span);
    },
  }),
  row('ipv6 forwarding', {
    doc: 'Forwards IPv6 packets.',
    apply: (device, _, at) => {
      device.ipv6Routing = yes(at.span);
    },
    undo: (device, _, at) => {
      device.ipv6Routing = no(at.span);
    },
  }),
  ...(['ip', 'ipv6'] as const).flatMap((family) => [
    row(`${family} protocol <source:word> route-map <map:word>`, {
      doc: 'Policy between a protocol and the kernel, mostly to set the source address of packets.',
      refers: { map: 'route-map' },
    }),
    row(`${family} nht resolve-via-default`, { doc: 'Next hops may be reached through the default route.' }),
  ]),
];

/** Interfaces, VRFs and routing protocols of FRR. */
export const frrRouting: readonly Entry[] = [
  ...interfacesFile,
  ...lines,
  frrVrf,
  ...frrStaticRoutes<DeviceDraft>(() => undefined),
  frrInterfaces(frrIgpInterfaceRows),
  ...frrIgps,
  frrBgp,
];

/** `[major, minor]` of `frr version 8.4.1`, `4.0+cl3u8`, `7.2-sonic`. */
function versionOf(device: DeviceDraft): readonly [number, number] | undefined {
  const parts = /(\d+)\.(\d+)/.exec(device.softwareVersion?.value ?? '');
  return parts ? [Number(parts[1]), Number(parts[2])] : undefined;
}

const isBefore = (version: readonly [number, number] | undefined, major: number, minor: number): boolean =>
  version !== undefined && (version[0] < major || (version[0] === major && version[1] < minor));

/**
 * Fills in defaults that depend on the profile and on the version that wrote the file, as FRR itself does
 * (docs.frrouting.org, "FRR defaults"): until 7.4 no policy is required of external neighbours and `network` needs no
 * route, the datacenter profile requires no policy in any version and compares MEDs deterministically, and until 9.1
 * the first AS is not checked.
 */
export function finishFrr(device: DeviceDraft, tree: ConfigTree): void {
  finishCumulus(device, tree);
  finishFrrInterfaces(device);
  const datacenter = device.defaultsProfile?.value === 'datacenter';
  const version = versionOf(device);
  for (const { options, span } of device.bgp) {
    if (datacenter || isBefore(version, 7, 4)) {
      options.ebgpRequiresPolicy ??= { value: false, span };
    }
    if (isBefore(version, 7, 4)) options.networkImportCheck ??= { value: false, span };
    if (datacenter) options.deterministicMed ??= { value: true, span };
    if (isBefore(version, 9, 1)) options.enforceFirstAs ??= { value: false, span };
  }
}
