import { isShutdown } from '../../network/interfaces.ts';
import type { Snapshot, SnapshotNode } from '../../network/snapshot.ts';
import { groupBy } from '../group-by.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

type Found = RawFinding & { readonly node: string };

/** A VXLAN network that stands for one VLAN here and for another one there joins two networks that were apart. */
function vlanOfNetwork(snapshot: Snapshot): Found[] {
  const mappings = [...snapshot.nodes.values()].flatMap((node) =>
    [...node.config.device.vlans.values()].flatMap(({ id, vni, span }) =>
      vni === undefined ? [] : [{ node, id, vni, span }],
    ),
  );
  return [...groupBy(mappings, ({ vni }) => vni).values()].flatMap((same): Found[] => {
    const vlans = groupBy(same, ({ id }) => id);
    if (vlans.size < 2) return [];
    const most = Math.max(...[...vlans.values()].map((list) => list.length));
    // Where most devices agree, the others are the odd ones; where there is no majority, all are shown.
    const odd = [...vlans.values()].filter((list) => list.length < most || most === 1).flat();
    return odd.map(({ node, id, vni, span }) => {
      const other = same.find((one) => one.id !== id);
      return {
        node: node.name,
        span: head(span),
        message: `VNI ${vni} is VLAN ${id} here and VLAN ${other?.id} on ${other?.node.name}`,
        key: `vni ${vni} ${id}`,
      };
    });
  });
}

/** A VRF's VNI that differs between devices: their type 5 routes are sent into another VRF or none. */
function networkOfVrf(snapshot: Snapshot): Found[] {
  const mappings = [...snapshot.nodes.values()].flatMap((node) =>
    [...node.config.device.vrfs.values()].flatMap(({ name, vni }) => (vni ? [{ node, name, vni }] : [])),
  );
  return [...groupBy(mappings, ({ name }) => name).values()].flatMap((same): Found[] => {
    const numbers = new Set(same.map(({ vni }) => vni.value));
    if (numbers.size < 2) return [];
    return same.map(({ node, name, vni }) => {
      const other = same.find((one) => one.vni.value !== vni.value);
      return {
        node: node.name,
        span: head(vni.span),
        message: `VRF ${name} has the VNI ${vni.value} here and ${other?.vni.value} on ${other?.node.name}`,
        key: `vrf ${name} ${vni.value}`,
      };
    });
  });
}

/** The interface that tunnels begin at must be there, be up and have an address. */
function sources(node: SnapshotNode): Found[] {
  const { interfaces } = node.config.device;
  return [...interfaces.values()].flatMap(({ name, tunnel }): Found[] => {
    const source = /^(vxlan|nve)/i.test(name) ? tunnel?.source : undefined;
    if (!source) return [];
    const port = interfaces.get(source.value);
    const problem = !port
      ? 'does not exist'
      : isShutdown(port)
        ? 'is shut down'
        : port.addresses.length === 0
          ? 'has no address'
          : undefined;
    return problem === undefined
      ? []
      : [
          {
            node: node.name,
            span: head(source.span),
            message: `the source of the VXLAN tunnels, ${source.value}, ${problem}: no tunnel comes up`,
            key: `source ${name} ${source.value} ${problem}`,
          },
        ];
  });
}

/** FRR announces no VXLAN network of its own accord. */
function announcing(node: SnapshotNode): Found[] {
  const { device, dialect } = node.config;
  if (dialect !== 'frr') return [];
  return device.bgp.flatMap((process): Found[] => {
    const family = process.vrf === 'default' ? process.families.get('l2vpn-evpn') : undefined;
    const active = [...process.neighbours.values(), ...process.groups.values()].some(
      ({ families }) => families.get('l2vpn-evpn')?.activate?.value === true,
    );
    const hasNetworks =
      [...device.vrfs.values()].some(({ vni }) => vni !== undefined) ||
      [...device.interfaces.keys()].some((name) => /^vxlan|^vni/i.test(name));
    if (!family || !active || !hasNetworks || family.advertiseAllVni?.value === true) return [];
    return [
      {
        node: node.name,
        span: head(family.span),
        message: 'EVPN is exchanged without advertise-all-vni: no VXLAN network of this router is announced',
        key: 'advertise-all-vni',
      },
    ];
  });
}

export default rule({
  id: 'vxlan-mismatch',
  number: 37,
  priority: 'P1',
  scope: 'network',
  title: 'VXLAN network that does not fit between devices',
  why: 'EVPN sessions stay up whatever the networks are numbered: a VNI that means another VLAN or VRF elsewhere, a tunnel without a source or a router that announces none loses or joins tenants silently.',
  sources: [
    'RFC 8365',
    'RFC 9136',
    'FRR documentation, EVPN: advertise-all-vni',
    'Cisco NX-OS VXLAN guide, source-interface',
  ],
  remedy:
    'Give a network the same VNI everywhere; let tunnels begin at a loopback that is up; on FRR add advertise-all-vni.',
  check: ({ snapshot }) => [
    ...vlanOfNetwork(snapshot),
    ...networkOfVrf(snapshot),
    ...[...snapshot.nodes.values()].flatMap((node) => [...sources(node), ...announcing(node)]),
  ],
});
