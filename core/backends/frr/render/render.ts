/*
 * A device of any system as an FRR configuration, made from the vendor-neutral model. What FRR has nothing like is said
 * in notes, each with the device's own line where there is one: they stand in the evidence, and a change that they
 * concern is not ready by the twin alone.
 */
import type { Device } from '../../../config/device/device.ts';
import { effectiveNeighbour } from '../../../config/device/effective-neighbour.ts';
import { isShutdown } from '../../../network/interfaces.ts';
import type { SnapshotNode } from '../../../network/snapshot.ts';
import { GLOBAL_VRF, type L3Interface } from '../../../network/topology.ts';
import type { RouterConfig } from '../native.ts';
import { overlayHead, overlayLines } from '../overlay.ts';
import { renderBgp } from './bgp.ts';
import type { Protocols } from './context.ts';
import { isisInterfaceLines, ospfInterfaceLines, renderIsis, renderOspf } from './interior.ts';
import type { PortNames } from './names.ts';
import { newPage, type Page, word } from './page.ts';
import { renderPolicies } from './policies.ts';
import { renderRip, ripInterfaceLines } from './rip.ts';

export interface RenderInput {
  readonly node: SnapshotNode;
  readonly interfaces: readonly L3Interface[];
  readonly protocols: Protocols;
  readonly ports: PortNames;
  /** VRFs that are in the twin; the global table is not named. */
  readonly vrfs: ReadonlySet<string>;
}

export function renderConfig(input: RenderInput): RouterConfig {
  const { node, protocols, ports, vrfs } = input;
  const { device, behaviour, file } = node.config;
  const page = newPage(node.name);
  const inTwin = (vrf: string): boolean => vrf === GLOBAL_VRF || vrfs.has(vrf);
  page.line('frr defaults traditional');
  page.line(`hostname ${node.name}`);
  renderInterfaces(input, page);
  renderStatic(device, behaviour.administrativeDistance.static, ports, page, inTwin);
  renderPolicies({ device, behaviour, ports, page });
  for (const speaker of protocols.bgp)
    if (speaker.table.node === node.name && inTwin(speaker.table.vrf)) renderBgp({ speaker, behaviour, ports, page });
  for (const instance of protocols.ospf)
    if (instance.table.node === node.name && inTwin(instance.table.vrf)) renderOspf({ page }, instance);
  for (const instance of protocols.isis)
    if (instance.table.node === node.name && inTwin(instance.table.vrf)) renderIsis({ page }, instance);
  for (const speaker of protocols.rip)
    if (speaker.table.node === node.name && speaker.table.vrf === GLOBAL_VRF) renderRip(page, speaker, ports);
  noteMissing(device, page);

  const renamed = withTwinNames(protocols, node.name, ports, inTwin);
  const head = overlayHead(renamed);
  const lines = page.lines;
  return {
    text: `${[...head, ...lines.map(({ text }) => text), ...overlayLines(renamed)].join('\n')}\n`,
    whole: '',
    placeOf: (line) => {
      const span = lines[line - head.length]?.span;
      return span && { file: span.file ?? file, line: span.line };
    },
    native: false,
    notes: page.notes,
  };
}

/** The device with what the overlay names in the twin's words: VRFs that are there, interfaces by their new names. */
function withTwinNames(
  protocols: Protocols,
  node: string,
  ports: PortNames,
  inTwin: (vrf: string) => boolean,
): Pick<Device, 'bgp' | 'ospf' | 'isis' | 'rip'> {
  const own = <T extends { readonly table: { readonly node: string; readonly vrf: string } }>(one: T): boolean =>
    one.table.node === node && inTwin(one.table.vrf);
  return {
    bgp: protocols.bgp.filter(own).map(({ process }) => ({
      ...process,
      // The rendered configuration names no groups but those of ranges.
      groups: new Map(
        [...process.groups]
          .filter(([id]) => process.listenRanges.some(({ group }) => group === id))
          .map(([id, group]) => [id, { ...group, id: word(id) }]),
      ),
      neighbours: new Map(
        [...process.neighbours].map(([key, neighbour]) => {
          const { group: _, ...whole } = effectiveNeighbour(process, neighbour);
          return [
            key,
            {
              ...whole,
              id: neighbour.kind === 'interface' ? (ports.get(whole.id.toLowerCase()) ?? whole.id) : whole.id,
            },
          ];
        }),
      ),
    })),
    rip: protocols.rip.filter(own).map(({ process }) => process),
    ospf: protocols.ospf.filter(own).map(({ process }) => ({ ...process, id: '' })),
    isis: protocols.isis
      .filter(own)
      .map(({ process }) => ({ ...process, id: word(process.id === '' ? '1' : process.id) })),
  };
}

/** Reasons of an interface to be down that the twin comes to by itself: its own line, or the other end of its cable. */
const DOWN_BY_ITSELF = /^shut down$|at the other end is shut down$|^no link is connected/;

function renderInterfaces({ interfaces, protocols, ports, vrfs }: RenderInput, page: Page): void {
  for (const one of interfaces) {
    const name = ports.get(one.name.toLowerCase());
    if (name === undefined) continue;
    const { config, table } = one;
    page.line(`interface ${name}${vrfs.has(table.vrf) ? ` vrf ${word(table.vrf)}` : ''}`, config.span);
    const lender =
      one.borrowsFrom === undefined
        ? undefined
        : interfaces.find((other) => other.name.toLowerCase() === one.borrowsFrom?.toLowerCase());
    for (const { ip, length, span } of lender
      ? lender.addresses.map((address) => ({ ...address, length: address.ip.version === 4 ? 32 : 128 }))
      : one.addresses)
      page.line(` ${ip.version === 4 ? 'ip' : 'ipv6'} address ${ip.text}/${length}`, span);
    if (isShutdown(config) || (!one.up && !DOWN_BY_ITSELF.test(one.downReason))) page.line(' shutdown', config.span);
    for (const { circuits } of protocols.ospf)
      for (const circuit of circuits)
        if (circuit.l3.name === one.name && circuit.l3.table === table) ospfInterfaceLines(page, circuit);
    for (const { circuits } of protocols.isis)
      for (const circuit of circuits)
        if (circuit.l3.name === one.name && circuit.l3.table === table) isisInterfaceLines(page, circuit);
    for (const { circuits } of protocols.rip)
      for (const circuit of circuits)
        if (circuit.l3.name === one.name && circuit.l3.table === table) ripInterfaceLines(page, circuit);
    page.line('exit');
    for (const { list } of config.accessGroups)
      page.note(`The packet filter ${list.value} does not filter in the twin.`, list.span);
    for (const group of config.firstHop)
      page.note(
        `The virtual address of ${group.protocol.toUpperCase()} group ${group.group} does not exist in the twin.`,
        group.span,
      );
    if (config.policyRouting) page.note('Policy-based routing does not run in the twin.', config.policyRouting.span);
    if (config.kind === 'tunnel') page.note(`The tunnel ${one.name} is a cable in the twin.`, config.span);
  }
}

function renderStatic(
  device: Device,
  usual: number,
  ports: PortNames,
  page: Page,
  inTwin: (vrf: string) => boolean,
): void {
  for (const route of device.staticRoutes) {
    const { prefix, family, nextHop, distance = usual, tag, vrf, span, track } = route;
    if (!inTwin(vrf)) continue;
    const via = [
      nextHop.ip,
      nextHop.interface === undefined ? undefined : (ports.get(nextHop.interface.toLowerCase()) ?? undefined),
      nextHop.drop === 'reject' ? 'reject' : nextHop.drop ? 'blackhole' : undefined,
    ].filter((part) => part !== undefined);
    if (nextHop.vrf !== undefined || via.length === 0) {
      page.note(`The static route to ${prefix} is not carried over to the twin.`, span);
      continue;
    }
    if (track !== undefined) page.note('Static routes are not tracked in the twin: they are always there.', span);
    const where = vrf === GLOBAL_VRF ? '' : ` vrf ${word(vrf)}`;
    page.line(
      `${family === 'ipv4' ? 'ip' : 'ipv6'} route ${prefix} ${via.join(' ')}${tag === undefined ? '' : ` tag ${tag}`} ${distance}${where}`,
      span,
    );
  }
  for (const { prefix, span, vrf } of device.aggregateRoutes)
    if (inTwin(vrf)) page.note(`The aggregate ${prefix} of the routing table is not carried over to the twin.`, span);
}

/** Parts of a device that have no counterpart here at all: whatever hangs on them is not tested by the twin. */
function noteMissing(device: Device, page: Page): void {
  for (const { asn, span } of device.eigrp) page.note(`EIGRP ${asn} does not run in the twin.`, span);
  if (device.eigrp.length > 0) page.note('Routes of EIGRP are missing in the twin, and what depends on them.');
}
