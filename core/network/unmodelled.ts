import type { Device } from '../config/device/device.ts';
import type { Span } from '../config/span.ts';
import type { Context } from './protocols/protocol.ts';

interface Configured {
  readonly protocol: string;
  readonly title: string;
  readonly spans: (device: Device) => readonly Span[];
}

const spansOf = (list: readonly { readonly span: Span }[]): readonly Span[] => list.map((one) => one.span);

const CONFIGURABLE: readonly Configured[] = [
  { protocol: 'ospf', title: 'OSPF', spans: (device) => spansOf(device.ospf) },
  { protocol: 'isis', title: 'IS-IS', spans: (device) => spansOf(device.isis) },
  { protocol: 'eigrp', title: 'EIGRP', spans: (device) => spansOf(device.eigrp) },
  { protocol: 'rip', title: 'RIP', spans: (device) => spansOf(device.rip) },
  { protocol: 'bgp', title: 'BGP', spans: (device) => spansOf(device.bgp) },
  { protocol: 'aggregate', title: 'An aggregate route', spans: (device) => spansOf(device.aggregateRoutes) },
];

/** Says for each device which protocols it configures that this computation does not have. */
export function unmodelledProtocols({ topology, caveat }: Context, computed: ReadonlySet<string>): void {
  for (const node of topology.snapshot.nodes.values()) {
    for (const { protocol, title, spans } of CONFIGURABLE) {
      const span = computed.has(protocol) ? undefined : spans(node.config.device)[0];
      if (span)
        caveat(node.name, `${title} is configured and not simulated: routes that depend on it are missing.`, span);
    }
  }
}
