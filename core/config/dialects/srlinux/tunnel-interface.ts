import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Interface } from '../../device/interface.ts';
import type { Located } from '../../span.ts';
import { make, SYSTEM } from './interfaces.ts';

interface Vxlan {
  readonly device: DeviceDraft;
  readonly tunnel: Interface;
}

/** `tunnel-interface vxlan1 { vxlan-interface 1 { ... } }`: tunnels begin at the address of system0. */
export const tunnelInterfaces: Entry = modesOf<DeviceDraft>()(
  'tunnel-interface <name:word>',
  { doc: 'Tunnels by VXLAN.', enter: (device, { name }) => ({ device, name }) },
  [
    modesOf<{ device: DeviceDraft; name: Located<string> }>()(
      'vxlan-interface <index:int>',
      {
        doc: 'One VXLAN network.',
        enter: ({ device, name }, { index }, at): Vxlan => {
          const full = `${name.value}.${index.value}`;
          device.definitions.push({ kind: 'interface', name: full, span: index.span });
          const known = device.interfaces.get(full) ?? make(full, 'other', at.span);
          known.tunnel ??= {
            mode: { value: 'vxlan', span: at.span },
            source: { value: SYSTEM, span: at.span },
          };
          device.interfaces.set(full, known);
          return { device, tunnel: known };
        },
      },
      [
        rowsOf<Vxlan>()('type <type:routed|bridged>', {
          doc: 'Whether it carries packets of an IP-VRF or frames of a MAC-VRF.',
          apply: () => undefined,
        }),
        modesOf<Vxlan>()('ingress', { doc: 'Packets that come out of the tunnels.', enter: (context) => context }, [
          rowsOf<Vxlan>()('vni <vni:int>', {
            doc: 'VXLAN network identifier.',
            apply: ({ tunnel }, { vni }) => {
              tunnel.tunnel = { ...tunnel.tunnel, key: vni };
            },
          }),
        ]),
        modesOf<Vxlan>()('egress', { doc: 'Packets that go into the tunnels.', enter: (context) => context }, [
          rowsOf<Vxlan>()('source-ip use-system-ipv4-address', {
            doc: 'The tunnels begin at the address of system0.',
            apply: () => undefined,
          }),
          rowsOf<Vxlan>()('<what:destination-groups|inner-ethernet-header|source-ip> [<rest:rest>]', {
            doc: 'Known, and not simulated.',
          }),
        ]),
        rowsOf<Vxlan>()('bridge-table [<rest:rest>]', { doc: 'Known, and not simulated.' }),
      ],
    ),
  ],
);
