import type { Device } from '../config/device/device.ts';
import type { Span } from '../config/span.ts';

/** A redistribution of any protocol, with the filter on it. */
export interface Redistributed {
  /** Stable name: target process, VRF and source. */
  readonly key: string;
  /** For messages: "static into BGP". */
  readonly title: string;
  readonly target: 'bgp' | 'ospf' | 'isis' | 'eigrp' | 'rip';
  /** Process id or AS number of the target; empty where it has none. */
  readonly targetId: string;
  readonly source: string;
  readonly sourceId?: string;
  readonly vrf: string;
  readonly policy?: string;
  readonly tag?: number;
  readonly span: Span;
}

type Redistribution = Device['ospf'][number]['redistribute'][number];

const titles: Record<Redistributed['target'], string> = {
  bgp: 'BGP',
  ospf: 'OSPF',
  isis: 'IS-IS',
  eigrp: 'EIGRP',
  rip: 'RIP',
};

function redistributed(
  target: Redistributed['target'],
  process: string,
  targetId: string,
  vrf: string,
  item: Redistribution,
): Redistributed {
  const source = item.sourceId ? `${item.source} ${item.sourceId}` : item.source;
  const [policy] = item.policy?.policies ?? [];
  return {
    key: `${target} ${process} ${vrf} ${source}`,
    title: `${source} into ${titles[target]}${vrf === 'default' ? '' : ` in VRF ${vrf}`}`,
    target,
    targetId,
    source: item.source,
    ...(item.sourceId !== undefined && { sourceId: item.sourceId }),
    vrf,
    ...(policy && { policy: policy.value }),
    ...(item.tag !== undefined && { tag: item.tag }),
    span: item.span,
  };
}

/** Every redistribution that the device is configured for. */
export const redistributionsOf = (device: Device): readonly Redistributed[] => [
  ...device.bgp.flatMap(({ asn, vrf, families }) =>
    [...families.values()].flatMap((family) =>
      family.redistribute.map((item) => redistributed('bgp', family.family, String(asn.value), vrf, item)),
    ),
  ),
  ...device.ospf.flatMap(({ id, version, vrf, redistribute }) =>
    redistribute.map((item) => redistributed('ospf', `${version} ${id}`, id, vrf, item)),
  ),
  ...device.isis.flatMap(({ id, vrf, redistribute }) =>
    redistribute.map((item) => redistributed('isis', id, id, vrf, item)),
  ),
  ...device.eigrp.flatMap(({ asn, vrf, redistribute }) =>
    redistribute.map((item) => redistributed('eigrp', asn, asn, vrf, item)),
  ),
  ...device.rip.flatMap(({ vrf, redistribute }) => redistribute.map((item) => redistributed('rip', '', '', vrf, item))),
];
