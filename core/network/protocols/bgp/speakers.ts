import type { Device } from '../../../config/device/device.ts';
import { addressValue, defaultRouterId } from '../../router-id.ts';
import type { Table, Topology } from '../../topology.ts';
import type { Speaker } from './model.ts';
import { withGlobalGroups } from './settings.ts';

const routerIdOf = (topology: Topology, table: Table, process: Device['bgp'][number]): string =>
  process.routerId?.value ?? table.device.routerId?.value ?? defaultRouterId(topology, table);

type VrfConfig = Device['vrfs'] extends ReadonlyMap<string, infer V> ? V : never;

/** Whether a VRF gives routes to others or takes them. */
export const isShared = ({
  importTargets,
  exportTargets,
  importMap,
  exportMap,
}: Pick<VrfConfig, 'importTargets' | 'exportTargets' | 'importMap' | 'exportMap'>): boolean =>
  importTargets.length > 0 || exportTargets.length > 0 || importMap !== undefined || exportMap !== undefined;

const sharesByVni = ({ behaviour }: Table, vrf: VrfConfig): boolean =>
  behaviour.bgp.vniMakesTargets === true && vrf.vni !== undefined;

/** The process of a table. A VRF with route targets needs none of its own: the device's one imports into it. */
function processOf(table: Table): Device['bgp'][number] | undefined {
  const { device, vrf: name } = table;
  const own = device.bgp.find((one) => one.vrf === name && one.asn.value > 0);
  const vrf = device.vrfs.get(name);
  if (own || !vrf) return own;
  const main = device.bgp.find((one) => one.asn.value > 0);
  const { vrfsNeedOwnInstance, exportsActiveRoutes } = table.behaviour.bgp;
  if (vrfsNeedOwnInstance || !(isShared(vrf) || (vrf.ipv6 && isShared(vrf.ipv6)) || sharesByVni(table, vrf)))
    return undefined;
  // Where policies choose among the routes of tables, VRFs of a device exchange theirs without BGP.
  if (!main && !exportsActiveRoutes) return undefined;
  const { asn, span, routerId } = main ?? { asn: { value: 0, span: vrf.span }, span: vrf.span, routerId: undefined };
  const empty = { neighbours: new Map(), groups: new Map(), listenRanges: [], families: new Map(), options: {} };
  return { vrf: name, asn, span, ...(routerId && { routerId }), ...empty };
}

/**
 * The BGP instances of the lab in the order in which they take their turns: by router id, so that it does not depend
 * on what the devices are called.
 */
export function speakersOf(topology: Topology): readonly Speaker[] {
  const speakers: Omit<Speaker, 'index'>[] = [];
  for (const table of topology.tables) {
    const found = processOf(table);
    if (!found || found.options.shutdown?.value) continue;
    const process = withGlobalGroups(table, found);
    const routerId = routerIdOf(topology, table, process);
    const { confederation } = process.options;
    speakers.push({
      table,
      process,
      asn: process.asn.value,
      processName: String(process.asn.value),
      confederation: confederation?.identifier && {
        identifier: confederation.identifier.value,
        members: new Set(confederation.peers),
      },
      routerId,
      routerIdValue: addressValue(routerId),
      clusterId: process.clusterId?.value ?? routerId,
    });
  }
  speakers.sort((a, b) => a.routerIdValue - b.routerIdValue || a.asn - b.asn || a.table.index - b.table.index);
  return speakers.map((speaker, index) => ({ ...speaker, index }));
}
