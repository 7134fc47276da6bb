import { type Entry, modesOf, nothing, rowsOf } from '../../command-table.ts';
import type { DeviceDraft, Vrf } from '../../device/device.ts';
import type { Located } from '../../span.ts';
import { addOnce, GLOBAL, removeName, vrfOf } from '../shared/drafts.ts';
import { vrfRows } from '../shared/vrf.ts';
import { vrfStaticRoutes } from './static.ts';

const row = rowsOf<Vrf>();

interface Targets {
  importTargets: Located<string>[];
  exportTargets: Located<string>[];
  importMap?: Located<string>;
  exportMap?: Located<string>;
}

/** One family of a VRF. */
interface FamilyContext {
  readonly vrf: Vrf;
  readonly targets: Targets;
}

const familyRow = rowsOf<FamilyContext>();

/** Route targets of unicast, or of EVPN routes alone. */
const targetsOf = ({ vrf, targets }: FamilyContext, evpn: unknown): Targets => {
  if (evpn === undefined) return targets;
  vrf.evpn ??= { importTargets: [], exportTargets: [] };
  return vrf.evpn;
};

const familyRows: readonly Entry[] = [
  familyRow('route-target <direction:import|export|both> <target:word> [<evpn:evpn>]', {
    doc: 'Routes with this target are taken in, or ours are marked with it; `auto` makes it of AS and VNI.',
    apply: (context, { direction, target, evpn }) => {
      const targets = targetsOf(context, evpn);
      if (direction.value !== 'export') addOnce(targets.importTargets, target);
      if (direction.value !== 'import') addOnce(targets.exportTargets, target);
    },
    undo: (context, { direction, target, evpn }) => {
      const targets = targetsOf(context, evpn);
      if (direction?.value !== 'export') removeName(targets.importTargets, target?.value);
      if (direction?.value !== 'import') removeName(targets.exportTargets, target?.value);
    },
  }),
  familyRow('<direction:import|export> map <map:word>', {
    doc: 'Policy between this VRF and the VPN table.',
    refers: { map: 'route-map' },
    apply: ({ targets }, { direction, map }) => {
      targets[direction.value === 'import' ? 'importMap' : 'exportMap'] = map;
    },
    undo: ({ targets }, { direction }) => {
      if (direction) delete targets[direction.value === 'import' ? 'importMap' : 'exportMap'];
    },
  }),
  familyRow('import vrf default [<limit:int>] map <map:word> [<options:words>]', {
    doc: 'Takes routes of the global table into the VRF.',
    refers: { map: 'route-map' },
    apply: ({ vrf }, { map }) => {
      vrf.importFromGlobal = map;
    },
    undo: ({ vrf }) => {
      delete vrf.importFromGlobal;
    },
  }),
  familyRow('export vrf default [<limit:int>] map <map:word> [<options:words>]', {
    doc: 'Puts routes of the VRF into the global table.',
    refers: { map: 'route-map' },
    apply: ({ vrf }, { map }) => {
      vrf.exportToGlobal = map;
    },
    undo: ({ vrf }) => {
      delete vrf.exportToGlobal;
    },
  }),
  familyRow('<direction:import|export> vrf <options:words>', { doc: 'Leaks routes to or from other VRFs.' }),
  familyRow('maximum routes <limit:int> [<options:words>]', { doc: 'Most routes of the VRF.' }),
];

const ipv6Of = (vrf: Vrf): Targets => {
  vrf.ipv6 ??= { importTargets: [], exportTargets: [] };
  return vrf.ipv6;
};

/** `vrf context`: name, targets, and the static routes of the VRF. */
export const vrfContext: Entry = modesOf<DeviceDraft>()(
  'vrf context <vrf:word>',
  {
    doc: 'A routing table of its own.',
    defines: { vrf: 'vrf' },
    enter: (device, { vrf }, at) => vrfOf(device, vrf.value, at.span),
    undo: (device, { vrf }) => {
      if (vrf && vrf.value !== GLOBAL) device.vrfs.delete(vrf.value);
    },
  },
  [
    ...vrfRows,
    ...vrfStaticRoutes,
    row('vni <vni:int> [l3]', {
      doc: 'VXLAN segment by which the VRF is routed between devices.',
      apply: (vrf, { vni }) => {
        vrf.vni = vni;
      },
      undo: (vrf) => {
        delete vrf.vni;
      },
    }),
    modesOf<Vrf>()(
      'address-family ipv4 unicast',
      { doc: 'IPv4 in this VRF.', enter: (vrf): FamilyContext => ({ vrf, targets: vrf }) },
      familyRows,
    ),
    modesOf<Vrf>()(
      'address-family ipv6 unicast',
      { doc: 'IPv6 in this VRF.', enter: (vrf): FamilyContext => ({ vrf, targets: ipv6Of(vrf) }) },
      familyRows,
    ),
    row('ip <what:name-server|domain-name|domain-list|host> <options:words>', {
      doc: 'How names are resolved in the VRF.',
      effect: 'none',
    }),
    row('ip <what:pim|igmp|mroute|multicast|amt|msdp> [<options:words>]', { doc: 'Multicast in the VRF.' }),
    row('ip auto-discard', { doc: 'Drops packets without a route at an EVPN gateway.' }),
    row('ipv6 <what:pim|mroute> [<options:words>]', { doc: 'Multicast in the VRF.' }),
    row('shutdown', { doc: 'Switches the VRF off.', undo: nothing }),
  ],
);
