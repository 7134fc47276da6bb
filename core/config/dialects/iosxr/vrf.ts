import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft, Vrf } from '../../device/device.ts';
import type { Located } from '../../span.ts';
import { addOnce, removeName, vrfOf } from '../shared/drafts.ts';
import { vrfRows } from '../shared/vrf.ts';
import { policyNamed } from './policy-use.ts';

interface Targets {
  importTargets: Located<string>[];
  exportTargets: Located<string>[];
  importMap?: Located<string>;
  exportMap?: Located<string>;
}

interface FamilyContext {
  readonly vrf: Vrf;
  readonly targets: Targets;
}

const row = rowsOf<FamilyContext>();
const target = rowsOf<Located<string>[]>();

/** A list of route targets, each on a line of its own, or one behind the command. */
const targets = (direction: 'import' | 'export'): readonly Entry[] => {
  const of = ({ targets: both }: FamilyContext) => (direction === 'import' ? both.importTargets : both.exportTargets);
  const doc =
    direction === 'import'
      ? 'Routes with one of these targets are taken in.'
      : 'Our routes are marked with these targets.';
  return [
    modesOf<FamilyContext>()(
      `${direction} route-target` as 'import route-target',
      { doc, enter: of, undo: (context) => removeName(of(context), undefined) },
      [
        target('<target:word> [<stitching:stitching>]', {
          doc: 'A route target.',
          apply: (list, { target: value }) => addOnce(list, value),
          undo: (list, { target: value }) => removeName(list, value?.value),
        }),
      ],
    ),
    row(`${direction} route-target <target:word> [<stitching:stitching>]` as 'import route-target <target:word>', {
      doc,
      apply: (context, { target: value }) => addOnce(of(context), value),
      undo: (context, { target: value }) => removeName(of(context), value?.value),
    }),
  ];
};

const familyRows: readonly Entry[] = [
  ...targets('import'),
  ...targets('export'),
  row('<direction:import|export> route-policy <policy:words>', {
    doc: 'Policy between this VRF and the VPN table.',
    apply: ({ targets: both }, { direction, policy }, at) => {
      both[direction.value === 'import' ? 'importMap' : 'exportMap'] = policyNamed(policy, at);
    },
    undo: ({ targets: both }, { direction }) => {
      if (direction) delete both[direction.value === 'import' ? 'importMap' : 'exportMap'];
    },
  }),
  row('import from default-vrf route-policy <policy:names> [<options:advertise-as-vpn>]', {
    doc: 'Takes routes of the global table into the VRF.',
    apply: ({ vrf }, { policy }, at) => {
      vrf.importFromGlobal = policyNamed(policy, at);
    },
    undo: ({ vrf }) => {
      delete vrf.importFromGlobal;
    },
  }),
  row('export to default-vrf route-policy <policy:names> [<options:allow-imported-vpn>]', {
    doc: 'Puts routes of the VRF into the global table.',
    apply: ({ vrf }, { policy }, at) => {
      vrf.exportToGlobal = policyNamed(policy, at);
    },
    undo: ({ vrf }) => {
      delete vrf.exportToGlobal;
    },
  }),
  row('<direction:import|export> <what:from|to> <options:words>', { doc: 'Leaks routes to or from other VRFs.' }),
  row('maximum prefix <limit:int> [<options:words>]', { doc: 'Most routes of the VRF.' }),
];

const ipv6Of = (vrf: Vrf): Targets => {
  vrf.ipv6 ??= { importTargets: [], exportTargets: [] };
  return vrf.ipv6;
};

const onVrf = rowsOf<Vrf>();

/** `vrf X` of IOS-XR. */
export const vrfMode: Entry = modesOf<DeviceDraft>()(
  'vrf <vrf:word>',
  {
    doc: 'A routing table of its own.',
    defines: { vrf: 'vrf' },
    enter: (device, { vrf }, at) => vrfOf(device, vrf.value, at.span),
    undo: (device, { vrf }) => {
      if (vrf) device.vrfs.delete(vrf.value);
    },
  },
  [
    ...vrfRows,
    modesOf<Vrf>()(
      'address-family ipv4 [unicast]',
      { doc: 'IPv4 in this VRF.', enter: (vrf): FamilyContext => ({ vrf, targets: vrf }) },
      familyRows,
    ),
    modesOf<Vrf>()(
      'address-family ipv6 [unicast]',
      { doc: 'IPv6 in this VRF.', enter: (vrf): FamilyContext => ({ vrf, targets: ipv6Of(vrf) }) },
      familyRows,
    ),
    onVrf('address-family <afi:ipv4|ipv6> <safi:multicast|flowspec>', { doc: 'A further family in this VRF.' }),
    onVrf('vpn id <id:word>', { doc: 'Identifier of the VPN (RFC 2685).', effect: 'none' }),
    onVrf('<what:mode|fallback-vrf|evpn-route-sync|remote-route-filtering> [<options:words>]', {
      doc: 'Further settings of the VRF.',
    }),
  ],
);
