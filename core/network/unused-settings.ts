import type { Device } from '../config/device/device.ts';
import type { Span } from '../config/span.ts';
import type { Context } from './protocols/protocol.ts';

type BgpProcess = Device['bgp'][number];

interface Setting {
  readonly title: string;
  readonly spans: (device: Device) => readonly Span[];
}

type Place = { readonly span: Span } | undefined;
type Switch = { readonly value: boolean; readonly span: Span } | undefined;

const on = (setting: Switch): readonly Span[] => (setting?.value ? [setting.span] : []);
const present = (setting: Place): readonly Span[] => (setting ? [setting.span] : []);

const ofProcess =
  (spans: (process: BgpProcess) => readonly Span[]): Setting['spans'] =>
  (device) =>
    device.bgp.flatMap(spans);

const ofFamily = (
  spans: (family: Parameters<Parameters<BgpProcess['families']['forEach']>[0]>[0]) => readonly Span[],
): Setting['spans'] => ofProcess((process) => [...process.families.values()].flatMap(spans));

/**
 * Settings that a device model holds and that no protocol here acts on. Each is said aloud where it is configured, so
 * that a result never rests silently on a line that was understood but not used. A protocol that learns one takes its
 * row away.
 */
const UNUSED: readonly Setting[] = [
  {
    title: 'The AS path of confederations in the decision',
    spans: ofProcess(({ options }) => on(options.asPathConfed)),
  },
  { title: 'The MED of confederation members', spans: ofProcess(({ options }) => on(options.medConfed)) },
  { title: 'Automatic summaries', spans: ofProcess(({ options }) => on(options.autoSummary)) },
  { title: 'Synchronization with the IGP', spans: ofProcess(({ options }) => on(options.synchronization)) },
  { title: 'The policy between BGP and the routing table', spans: ofFamily((family) => present(family.tableMap)) },
  {
    title: 'The announcement of leaked routes',
    spans: ofFamily(({ redistribute }) => redistribute.filter((one) => one.includeLeaked).map(({ span }) => span)),
  },
  {
    title: 'The exchange of routes with the VPN table',
    spans: ofFamily((family) => [...on(family.importVpn), ...on(family.exportVpn)]),
  },
  {
    title: 'Trunk groups of a VLAN',
    spans: (device) => [...device.vlans.values()].filter((vlan) => vlan.trunkGroups?.length).map(({ span }) => span),
  },
  {
    title: 'A device without IP routing',
    spans: (device) => (device.ipRouting && !device.ipRouting.value ? [device.ipRouting.span] : []),
  },
  {
    title: 'The suspension of a VLAN',
    spans: (device) => [...device.vlans.values()].filter((vlan) => vlan.suspended).map(({ span }) => span),
  },
];

/** Says for each device which settings it has that this computation does not act on. */
export function unusedSettings({ topology, caveat }: Context): void {
  for (const node of topology.snapshot.nodes.values())
    for (const { title, spans } of UNUSED)
      for (const span of spans(node.config.device)) caveat(node.name, `${title}: configured and not simulated.`, span);
}
