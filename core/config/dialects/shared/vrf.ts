import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft, Vrf } from '../../device/device.ts';
import { addOnce, removeName, vrfOf } from './drafts.ts';

const row = rowsOf<Vrf>();

/** Lines of a VRF that EOS and IOS share. */
export const vrfRows: readonly Entry[] = [
  row('description <text:rest>', {
    doc: 'Text for people.',
    effect: 'none',
    apply: (vrf, { text }) => {
      vrf.description = text;
    },
    undo: (vrf) => {
      delete vrf.description;
    },
  }),
  row('rd <rd:word>', {
    doc: 'Route distinguisher: makes the routes of this VRF unique in the VPN table.',
    apply: (vrf, { rd }) => {
      vrf.routeDistinguisher = rd;
    },
    undo: (vrf) => {
      delete vrf.routeDistinguisher;
    },
  }),
];

interface Targets {
  importTargets: Vrf['importTargets'];
  exportTargets: Vrf['exportTargets'];
  importMap?: Vrf['importMap'] & object;
  exportMap?: Vrf['exportMap'] & object;
}

/** Route targets and maps, of the VRF or of its IPv6 family. */
const targetRows = <C>(of: (context: C) => Targets): readonly Entry[] => {
  const line = rowsOf<C>();
  return [
    line('route-target <direction:import|export|both> <target:word> [<stitching:stitching>]', {
      doc: 'Routes with this target are taken in, or ours are marked with it.',
      apply: (context, { direction, target }) => {
        const targets = of(context);
        if (direction.value !== 'export') addOnce(targets.importTargets, target);
        if (direction.value !== 'import') addOnce(targets.exportTargets, target);
      },
      undo: (context, { direction, target }) => {
        const targets = of(context);
        if (direction?.value !== 'export') removeName(targets.importTargets, target?.value);
        if (direction?.value !== 'import') removeName(targets.exportTargets, target?.value);
      },
    }),
    line('route-target <target:word>', {
      doc: 'Routes with this target are taken in, and ours are marked with it.',
      apply: (context, { target }) => {
        addOnce(of(context).importTargets, target);
        addOnce(of(context).exportTargets, target);
      },
      undo: (context, { target }) => {
        removeName(of(context).importTargets, target?.value);
        removeName(of(context).exportTargets, target?.value);
      },
    }),
    line('<direction:import|export> map <map:word>', {
      doc: 'Policy between this VRF and the VPN table.',
      refers: { map: 'route-map' },
      apply: (context, { direction, map }) => {
        of(context)[direction.value === 'import' ? 'importMap' : 'exportMap'] = map;
      },
      undo: (context, { direction }) => {
        if (direction) delete of(context)[direction.value === 'import' ? 'importMap' : 'exportMap'];
      },
    }),
  ];
};

/** Leaking between the VRF and the global table; the IPv6 forms are not modelled. */
const globalRows: readonly Entry[] = [
  row('import ipv4 unicast [<limit:int>] map <map:word>', {
    doc: 'Takes routes of the global table into the VRF.',
    refers: { map: 'route-map' },
    apply: (vrf, { map }) => {
      vrf.importFromGlobal = map;
    },
    undo: (vrf) => {
      delete vrf.importFromGlobal;
    },
  }),
  row('export ipv4 unicast [<limit:int>] map <map:word>', {
    doc: 'Puts routes of the VRF into the global table.',
    refers: { map: 'route-map' },
    apply: (vrf, { map }) => {
      vrf.exportToGlobal = map;
    },
    undo: (vrf) => {
      delete vrf.exportToGlobal;
    },
  }),
];

const ipv6Targets = (vrf: Vrf): Targets => {
  vrf.ipv6 ??= { importTargets: [], exportTargets: [] };
  return vrf.ipv6;
};

const leave = row('exit-address-family', { doc: 'Leaves the address family.', effect: 'none', closes: true });

const definesVrf = { doc: 'A routing table of its own.', defines: { vrf: 'vrf' } } as const;
const removeVrf = (device: DeviceDraft, name: string | undefined): void => {
  if (name !== undefined) device.vrfs.delete(name);
};

/** `vrf definition` (IOS) and the older `ip vrf`. */
export const iosVrfs: readonly Entry[] = [
  modesOf<DeviceDraft>()(
    'vrf definition <vrf:word>',
    {
      ...definesVrf,
      enter: (device, { vrf }, at) => vrfOf(device, vrf.value, at.span),
      undo: (device, { vrf }) => removeVrf(device, vrf?.value),
    },
    [
      ...vrfRows,
      ...targetRows<Vrf>((vrf) => vrf),
      modesOf<Vrf>()('address-family ipv4 [unicast]', { doc: 'IPv4 in this VRF.', enter: (vrf) => vrf }, [
        ...targetRows<Vrf>((vrf) => vrf),
        ...globalRows,
        leave,
      ]),
      modesOf<Vrf>()('address-family ipv6 [unicast]', { doc: 'IPv6 in this VRF.', enter: (vrf) => vrf }, [
        ...targetRows<Vrf>(ipv6Targets),
        leave,
      ]),
    ],
  ),
  modesOf<DeviceDraft>()(
    'ip vrf <vrf:word>',
    {
      ...definesVrf,
      enter: (device, { vrf }, at) => vrfOf(device, vrf.value, at.span),
      undo: (device, { vrf }) => removeVrf(device, vrf?.value),
    },
    [...vrfRows, ...targetRows<Vrf>((vrf) => vrf), ...globalRows],
  ),
];

const setRouting = (
  device: DeviceDraft,
  vrf: { readonly value: string; readonly span: Vrf['span'] },
  on: boolean,
  span: Vrf['span'],
): void => {
  vrfOf(device, vrf.value, span).routing = { value: on, span };
};

const onDevice = rowsOf<DeviceDraft>();

/** `vrf instance` (EOS), the older `vrf definition`, and routing per VRF. */
export const eosVrfs: readonly Entry[] = [
  modesOf<DeviceDraft>()(
    'vrf <kind:instance|definition> <vrf:word>',
    {
      ...definesVrf,
      enter: (device, { vrf }, at) => vrfOf(device, vrf.value, at.span),
      undo: (device, { vrf }) => removeVrf(device, vrf?.value),
    },
    vrfRows,
  ),
  onDevice('ip routing vrf <vrf:word>', {
    doc: 'Forwards IPv4 packets in the VRF.',
    refers: { vrf: 'vrf' },
    apply: (device, { vrf }, at) => setRouting(device, vrf, true, at.span),
    undo: (device, { vrf }, at) => vrf && setRouting(device, vrf, false, at.span),
  }),
  onDevice('ipv6 unicast-routing vrf <vrf:word>', {
    doc: 'Forwards IPv6 packets in the VRF.',
    refers: { vrf: 'vrf' },
    apply: (device, { vrf }, at) => {
      vrfOf(device, vrf.value, at.span).ipv6Routing = { value: true, span: at.span };
    },
    undo: (device, { vrf }, at) => {
      if (vrf) vrfOf(device, vrf.value, at.span).ipv6Routing = { value: false, span: at.span };
    },
  }),
];
