import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../parse.ts';
import { BRACES, FLAT, JSON_FORM } from './srlinux.fixtures.ts';

const parse = (text: string) => parseConfig({ text, file: 'leaf1.cfg', node: 'leaf1', dialect: 'srlinux' });
const srlinux = (text: string) => parse(text).device;

describe('SR Linux', () => {
  const device = srlinux(BRACES);

  it('is understood to the last line', () => {
    expect(device.notModelled.map(({ text }) => text)).toEqual([]);
    expect(parse(BRACES).tree.problems).toEqual([]);
  });

  it('has addresses where their family is enabled, on subinterfaces of the network instance', () => {
    expect(device.interfaces.get('ethernet-1/49.0')).toMatchObject({
      kind: 'subinterface',
      parent: 'ethernet-1/49',
      addresses: [{ address: '10.0.1.1', length: 31 }],
      shutdown: false,
    });
    const text = (state: string) =>
      `interface ethernet-1/1 {\n subinterface 0 {\n ipv4 {\n ${state}\n address 10.0.0.1/31 {\n }\n }\n }\n}\n`;
    const [on, off] = [text('admin-state enable'), text('')].map((each) =>
      srlinux(each).interfaces.get('ethernet-1/1.0'),
    );
    expect(on).toMatchObject({ addresses: [{ address: '10.0.0.1' }], shutdown: { value: true } });
    expect(off?.addresses).toEqual([]);
  });

  it('puts members of an IP-VRF into its table, and ports of a MAC-VRF into one bridge', () => {
    expect(device.interfaces.get('irb0.10')).toMatchObject({
      kind: 'vlan',
      vrf: { value: 'RED' },
      bridge: { value: 'MAC10' },
    });
    expect(device.interfaces.get('ethernet-1/1.10')).toMatchObject({
      bridge: { value: 'MAC10' },
      encapsulationVlan: { value: 10 },
    });
    expect([...device.vrfs.keys()].sort()).toEqual(['RED', 'mgmt']);
    expect(device.vrfs.get('RED')).toMatchObject({
      routeDistinguisher: { value: '10.255.0.1:100' },
      importTargets: [{ value: '65000:100' }],
      exportTargets: [{ value: '65000:100' }],
    });
    expect(device.interfaces.get('vxlan1.100')).toMatchObject({
      tunnel: { mode: { value: 'vxlan' }, key: { value: 100 } },
    });
  });

  it('has static routes with the gateways of their next-hop group', () => {
    expect(device.staticRoutes).toMatchObject([
      { vrf: 'RED', prefix: '0.0.0.0/0', nextHop: { ip: '192.168.10.254' }, recursive: true, metric: 1 },
      { vrf: 'RED', prefix: '198.51.100.0/24', nextHop: { drop: 'discard' }, distance: 200 },
      { vrf: 'mgmt', prefix: '0.0.0.0/0', nextHop: { ip: '172.20.20.1' }, recursive: true },
    ]);
    expect(device.aggregateRoutes).toMatchObject([{ vrf: 'RED', prefix: '192.168.0.0/16', summaryOnly: true }]);
  });

  it('lists a static route whose group is not there', () => {
    const text = 'network-instance default {\n static-routes {\n route 10.0.0.0/8 {\n next-hop-group NONE\n }\n }\n}\n';
    expect(srlinux(text).notModelled[0]?.text).toContain('its next-hop group is not defined');
    expect(srlinux(text).staticRoutes).toEqual([]);
  });

  it('has neighbours that inherit from their group, family by family', () => {
    const process = device.bgp.find(({ vrf }) => vrf === 'default');
    expect(process).toMatchObject({ asn: { value: 65000 }, routerId: { value: '10.255.0.1' } });
    expect(process?.neighbours.get('10.255.0.101')).toMatchObject({ group: { value: 'overlay' } });
    expect(process?.groups.get('overlay')).toMatchObject({
      remoteAs: { value: 65000 },
      localAddress: { value: '10.255.0.1' },
      password: { value: { text: '$aes1$AVBUBnHz', storage: 'reversible' } },
      timers: { value: { holdSeconds: 9, keepaliveSeconds: 3 } },
    });
    expect(process?.groups.get('overlay')?.families.get('l2vpn-evpn')?.activate?.value).toBe(true);
    expect(process?.groups.get('overlay')?.families.get('ipv4-unicast')?.activate?.value).toBe(false);
    const edge = device.bgp.find(({ vrf }) => vrf === 'RED');
    expect(edge?.options).toMatchObject({ missingPolicyIn: { value: 'permit' }, missingPolicyOut: { value: 'deny' } });
    expect(edge?.families.get('ipv4-unicast')).toMatchObject({ maximumPaths: { value: 4 } });
    expect(edge?.listenRanges).toMatchObject([
      { prefix: '192.168.10.0/24', group: 'edge', remoteAs: [[65100, 65199]] },
    ]);
  });

  it('has OSPF and IS-IS that are out of use until they are enabled', () => {
    expect(device.ospf).toMatchObject([{ id: 'underlay', version: 2, shutdown: { value: false } }]);
    expect(device.interfaces.get('ethernet-1/49.0')?.ospf).toMatchObject({
      area: { value: '0.0.0.0' },
      networkType: { value: 'point-to-point' },
      cost: { value: 100 },
    });
    const isis = srlinux(`network-instance default {
    interface ethernet-1/1.0 {
    }
    protocols {
        isis {
            instance core {
                level-capability L1L2
                net [
                    49.0001.0100.0000.0001.00
                ]
                interface ethernet-1/1.0 {
                    circuit-type point-to-point
                    level 2 {
                        metric 25
                    }
                }
            }
        }
    }
}
`);
    expect(isis.isis).toMatchObject([
      {
        net: { value: '49.0001.0100.0000.0001.00', span: { line: 8 } },
        level: { value: '1-2' },
        shutdown: { value: true },
      },
    ]);
    expect(isis.interfaces.get('ethernet-1/1.0')?.isis).toMatchObject({
      pointToPoint: { value: true },
      metric: { level2: { value: 25 } },
    });
  });

  it('has policies with sets whose members match one by one', () => {
    expect(device.policies.get('TO-EDGE')).toMatchObject({
      defaultDisposition: 'deny',
      terms: [
        {
          name: '10',
          disposition: 'permit',
          actions: [
            { kind: 'set-metric', value: 50 },
            { kind: 'prepend-as-path', asns: [65000, 65000] },
          ],
        },
        { name: '20', disposition: 'next-policy' },
      ],
    });
    expect(device.communityLists.get('TENANTS')?.entries).toMatchObject([
      { members: ['65000:20'] },
      { expression: '_(65000:2[0-9]+)_' },
    ]);
    expect(device.largeCommunityLists.get('TENANTS')?.entries).toMatchObject([{ members: ['65000:1:2'] }]);
    expect(device.prefixLists.get('ipv4 RED-NETS')?.entries).toMatchObject([
      { prefix: '192.168.0.0/16', minLength: 24, maxLength: 32 },
      { prefix: '198.51.100.0/24', minLength: 24, maxLength: 24 },
    ]);
    expect(
      srlinux('routing-policy {\n policy P {\n statement 10 {\n match {\n protocol gribi\n }\n }\n }\n}\n').notModelled,
    ).toHaveLength(2);
  });

  it('has packet filters that are bound before their subinterface is written', () => {
    expect(device.accessLists.get('ipv4 EDGE-IN')?.entries).toMatchObject([
      { sequence: 10, action: 'permit', protocol: 'tcp', destinationPorts: [[179, 179]] },
      { sequence: 20, action: 'deny' },
    ]);
    expect(device.interfaces.get('irb0.10')?.accessGroups).toMatchObject([
      { list: { value: 'EDGE-IN' }, direction: 'in' },
    ]);
  });

  it('has what keeps its operators in, and its secrets', () => {
    const { management } = device;
    expect(management.services.get('ssh')?.value).toBe(true);
    expect(management.users.map(({ name }) => name)).toEqual(['admin', 'breakglass']);
    expect(management.aaaServers).toMatchObject([{ kind: 'tacacs', address: '10.255.250.11' }]);
    expect(management.secrets.map(({ what, secret }) => `${what}: ${secret.storage}`)).toEqual([
      'password of admin: hashed',
      'password of breakglass: hashed',
      'key of tacacs server 10.255.250.11: reversible',
      'key of keychain OVERLAY: reversible',
    ]);
    expect(management.banners).toMatchObject([{ kind: 'login', text: 'leaf1, rack 01\nauthorised operators only' }]);
  });

  it.each([
    ['flat commands', FLAT],
    ['JSON', JSON_FORM],
  ])('is the same device from %s', (_, text) => {
    const { device: other, tree } = parse(text);
    expect(tree.problems).toEqual([]);
    expect(other.notModelled.map((line) => line.text)).toEqual([]);
    expect(facts(other)).toEqual(facts(device));
  });

  it('has places in JSON', () => {
    const { references, definitions } = srlinux(JSON_FORM);
    const lines = JSON_FORM.split('\n');
    for (const { name, span } of [...references, ...definitions]) {
      const written = lines[span.line]?.slice(span.start, span.end);
      expect(written?.includes(name) || name.endsWith(`.${written}`), `${name}: ${written}`).toBe(true);
    }
  });

  it('takes back what a delete line names', () => {
    const text =
      'set / interface ethernet-1/1 admin-state disable\ndelete / interface ethernet-1/1 admin-state\nset / interface ethernet-1/1 mtu 9000\n';
    expect(srlinux(text).interfaces.get('ethernet-1/1')).toMatchObject({ shutdown: false, mtu: { value: 9000 } });
    const nested =
      'interface ethernet-1/1 {\n    admin-state disable\n    mtu 9000\n}\ndelete /interface ethernet-1/1 admin-state\n';
    expect(srlinux(nested).interfaces.get('ethernet-1/1')).toMatchObject({ shutdown: false, mtu: { value: 9000 } });
  });

  it('says where text is not JSON', () => {
    const { tree } = parse('{\n  "interface": [\n    { "name": "ethernet-1/1", }\n  ]\n}\n');
    expect(tree.problems[0]?.message).toContain('line 3');
    expect(tree.statements).toEqual([]);
  });
});

/** What a device is, without the places of its lines. */
const facts = (device: ReturnType<typeof srlinux>): unknown =>
  JSON.parse(
    JSON.stringify({ ...device, definitions: [], references: [] }, (key, value) => {
      if (key === 'span') return undefined;
      if (value instanceof Map) return [...value].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
      return value;
    }),
  );
