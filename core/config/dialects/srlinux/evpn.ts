import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located } from '../../span.ts';
import { addOnce, vrfOf } from '../shared/drafts.ts';
import { adminState, complain } from './common.ts';
import type { InstanceNote } from './notes.ts';
import { notesOf } from './notes.ts';

interface Instance {
  readonly device: DeviceDraft;
  readonly vrf: string;
  readonly note: InstanceNote;
}

const mode = modesOf<Instance>();
const row = rowsOf<Instance>();

/**
 * `bgp-evpn`: what is said under an IP-VRF counts for its routes of type 5. Under a MAC-VRF it is about routes of types
 * 2 and 3, which are not simulated: `finishEvpn` lists them.
 */
export const bgpEvpn: Entry = mode(
  'bgp-evpn',
  { doc: 'Ethernet VPN of the instance.', enter: (instance) => instance },
  [
    mode(
      'bgp-instance <index:int>',
      {
        doc: 'An EVPN instance.',
        enter: (instance, _, at) => {
          instance.note.evpn ??= at.span;
          return instance;
        },
      },
      [
        adminState<Instance>('Whether EVPN is in use.', ({ note }, disabled) => {
          note.evpnDisabled = disabled;
        }),
        row('encapsulation-type <type:vxlan|mpls|srv6>', {
          doc: 'How packets are carried.',
          apply: ({ device, vrf }, { type }, at) => {
            if (type.value !== 'vxlan')
              complain(device, `network-instance ${vrf} / encapsulation-type ${type.value}`, at.span);
          },
        }),
        row('vxlan-interface <name:word>', {
          doc: 'VXLAN network of the instance.',
          refers: { name: 'interface' },
          apply: ({ note }, { name }) => addOnce(note.vxlan, name),
        }),
        row('evi <id:int>', {
          doc: 'Number of the EVPN instance: the route distinguisher and targets come from it where none is set.',
          apply: ({ note }, { id }) => {
            note.evi = id;
          },
        }),
        row('ecmp <count:int>', {
          doc: 'Most equal paths that share traffic.',
          apply: ({ device, vrf }, { count }) => {
            device.ecmp ??= new Map();
            device.ecmp.set(vrf, count);
          },
        }),
        row('default-admin-tag <value:int>', { doc: 'Known, and not simulated.' }),
        mode('routes', { doc: 'Routes that are advertised.', enter: (instance) => instance }, [
          mode('route-table', { doc: 'Routes of the route table.', enter: (instance) => instance }, [
            mode('mac-ip', { doc: 'MAC and IP addresses.', enter: (instance) => instance }, [
              row('advertise-gateway-mac <state:true|false>', {
                doc: 'The MAC address of the gateway is advertised for peers that ask for it.',
                effect: 'none',
              }),
            ]),
            row('ip-prefix [<rest:rest>]', { doc: 'Known, and not simulated.' }),
          ]),
          row('<what:bridge-table|next-hop> [<rest:rest>]', { doc: 'Known, and not simulated.' }),
        ]),
        row('<what:oper-down-on-zero|domain-id|mpls|multi-homing> [<rest:rest>]', { doc: 'Known, and not simulated.' }),
      ],
    ),
  ],
);

const target = (direction: 'import' | 'export'): Entry =>
  row(`${direction}-rt <targets:words>`, {
    doc: `Route targets that are ${direction}ed.`,
    apply: ({ device, vrf, note }, { targets }, at) => {
      const list = vrfOf(device, vrf, note.span)[direction === 'import' ? 'importTargets' : 'exportTargets'];
      for (const value of targets.value) addOnce(list, { value: value.replace(/^target:/, ''), span: at.span });
    },
  });

const policy = (direction: 'import' | 'export'): Entry =>
  row(`${direction}-policy <names:words>`, {
    doc: `Policies on routes that are ${direction}ed, in place of the route targets.`,
    refers: { names: 'route-map' },
    apply: ({ device, vrf, note }, { names }, at) => {
      const [first, ...more] = names.value;
      if (first === undefined) return;
      const value: Located<string> = { value: first, span: names.span };
      vrfOf(device, vrf, note.span)[direction === 'import' ? 'importMap' : 'exportMap'] = value;
      if (more.length > 0) complain(device, `network-instance ${vrf} / ${direction}-policy of several`, at.span);
    },
  });

/** `bgp-vpn`: how the routes of the instance are told apart and who takes them. */
export const bgpVpn: Entry = mode('bgp-vpn', { doc: 'Exchange with other routers.', enter: (instance) => instance }, [
  mode('bgp-instance <index:int>', { doc: 'An instance of the exchange.', enter: (instance) => instance }, [
    mode('route-distinguisher', { doc: 'Tells routes of VRFs apart.', enter: (instance) => instance }, [
      row('rd <rd:word>', {
        doc: 'Route distinguisher.',
        apply: ({ device, vrf, note }, { rd }) => {
          vrfOf(device, vrf, note.span).routeDistinguisher = rd;
        },
      }),
    ]),
    mode('route-target', { doc: 'Who takes the routes.', enter: (instance) => instance }, [
      target('import'),
      target('export'),
    ]),
    policy('import'),
    policy('export'),
  ]),
]);

/** What `evi` gives where nothing is set, and what is switched off. */
export function finishEvpn(device: DeviceDraft): void {
  for (const note of notesOf(device).instances.values()) {
    if (note.type.value === 'mac-vrf') {
      device.vrfs.delete(note.name);
      if (note.evpn && !note.evpnDisabled?.value)
        complain(
          device,
          `network-instance ${note.name} / bgp-evpn: routes of MAC addresses are not simulated`,
          note.evpn,
        );
      continue;
    }
    const vrf = device.vrfs.get(note.name);
    if (!vrf) continue;
    if (!note.evpn || note.evpnDisabled?.value || note.disabled?.value) {
      vrf.importTargets.length = 0;
      vrf.exportTargets.length = 0;
      delete vrf.importMap;
      delete vrf.exportMap;
      continue;
    }
    if (note.vxlan.length === 0)
      complain(device, `network-instance ${note.name} / bgp-evpn without a vxlan-interface`, note.evpn);
    // "Auto-derived RT": target:<own AS>:<evi>.
    const asn = device.bgp.find((process) => process.vrf === 'default')?.asn.value;
    if (!note.evi || asn === undefined) continue;
    if (asn > 0xffff) {
      complain(
        device,
        `network-instance ${note.name} / evi ${note.evi.value}: targets of a four-byte AS`,
        note.evi.span,
      );
      continue;
    }
    const automatic = { value: `${asn}:${note.evi.value}`, span: note.evi.span };
    if (vrf.importTargets.length === 0 && !vrf.importMap) vrf.importTargets.push(automatic);
    if (vrf.exportTargets.length === 0 && !vrf.exportMap) vrf.exportTargets.push(automatic);
  }
}
