import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../parse.ts';

const sros = (text: string) => parseConfig({ text, file: 'r1.cfg', node: 'r1', dialect: 'sros' }).device;

const text = `
configure {
    port 1/1/c1/1 {
        admin-state enable
    }
    policy-options {
        community "C" {
            member "65001:1" { }
        }
        prefix-list "P" {
            prefix 192.0.2.0/24 type exact {
            }
            prefix 10.0.0.0/8 type to {
                to-prefix 10.0.0.0/10 { }
            }
        }
        policy-statement "OUT" {
            entry 10 {
                from {
                    prefix-list ["P"]
                }
                action {
                    action-type accept
                    community {
                        add ["C"]
                    }
                }
            }
            default-action {
                action-type reject
            }
        }
    }
    router "Base" {
        autonomous-system 65001
        interface "system" {
            ipv4 {
                primary {
                    address 192.0.2.1
                    prefix-length 32
                }
            }
        }
        interface "to-r2" {
            port 1/1/c1/1:100
            ipv4 {
                primary {
                    address 10.0.0.0
                    prefix-length 31
                }
            }
        }
        bgp {
            group "ebgp" {
                peer-as 65002
                export {
                    policy ["OUT"]
                }
            }
            neighbor "10.0.0.1" {
                group "ebgp"
            }
        }
        isis 0 {
            admin-state enable
            area-address [49.0000]
            interface "to-r2" {
                level-capability 2
                level 2 {
                    metric 100
                }
            }
        }
        static-routes {
            route 198.51.100.0/24 route-type unicast {
                blackhole {
                    admin-state enable
                }
                next-hop "10.0.0.1" {
                    preference 50
                }
            }
        }
    }
}
`;

describe('SR OS', () => {
  const device = sros(text);

  it('has IP interfaces on tagged ports', () => {
    expect(device.interfaces.get('to-r2')).toMatchObject({
      parent: '1/1/c1/1',
      encapsulationVlan: { value: 100 },
      addresses: [{ address: '10.0.0.0', length: 31 }],
    });
    expect(device.interfaces.get('system')).toMatchObject({ kind: 'loopback' });
    expect(device.interfaces.get('1/1/c1/1')).toMatchObject({ shutdown: { value: false } });
    expect(device.notModelled).toEqual([]);
  });

  it('leaves a port shut down that nobody enabled', () => {
    expect(
      sros('configure {\n    port 1/1/c2/1 {\n        description "spare"\n    }\n}\n').interfaces.get('1/1/c2/1')
        ?.shutdown,
    ).toBe(true);
  });

  it('takes a static next hop only when it is enabled', () => {
    expect(device.staticRoutes).toMatchObject([{ prefix: '198.51.100.0/24', nextHop: { drop: 'discard' }, metric: 1 }]);
  });

  it('has neighbours with their group, and the router id of the system address', () => {
    const process = device.bgp[0];
    expect(process).toMatchObject({ asn: { value: 65001 }, routerId: { value: '192.0.2.1' } });
    expect(process?.neighbours.get('10.0.0.1')?.group?.value).toBe('ebgp');
    expect(process?.groups.get('ebgp')?.everyFamily?.policyOut?.policies.map(({ value }) => value)).toEqual(['OUT']);
  });

  it('reads policies with the way from a prefix to a longer one', () => {
    expect(
      device.prefixLists
        .get('ipv4 P')
        ?.entries.map(({ prefix, minLength, maxLength }) => [prefix, minLength, maxLength]),
    ).toEqual([
      ['192.0.2.0/24', 24, 24],
      ['10.0.0.0/8', 8, 8],
      ['10.0.0.0/9', 9, 9],
      ['10.0.0.0/10', 10, 10],
    ]);
    expect(device.policies.get('OUT')).toMatchObject({
      defaultDisposition: 'deny',
      terms: [{ name: '10', disposition: 'permit', actions: [{ kind: 'set-communities', operation: 'add' }] }],
    });
  });

  it('derives the network entity title from the system address', () => {
    expect(device.isis[0]).toMatchObject({ net: { value: '49.0000.1920.0000.2001.00' }, shutdown: { value: false } });
    expect(device.interfaces.get('to-r2')?.isis).toMatchObject({
      level: { value: '2' },
      metric: { level2: { value: 100 } },
    });
  });
});

describe('SR OS as flat commands', () => {
  const flat = `
/configure port 1/1/c1/1 admin-state enable
/configure policy-options community "C" { member "65001:1" }
/configure policy-options prefix-list "P" prefix 192.0.2.0/24 type exact
/configure policy-options prefix-list "P" prefix 10.0.0.0/8 type range start-length 16
/configure policy-options prefix-list "P" prefix 10.0.0.0/8 type range end-length 24
/configure policy-options policy-statement "OUT" entry 10 from prefix-list ["P"]
/configure policy-options policy-statement "OUT" entry 10 action action-type accept
/configure policy-options policy-statement "OUT" entry 10 action as-path-prepend as-path 65001
/configure policy-options policy-statement "OUT" entry 10 action as-path-prepend repeat 3
/configure policy-options policy-statement "OUT" default-action action-type reject
/configure router "Base" autonomous-system 65001
/configure router "Base" interface "system" ipv4 primary address 192.0.2.1
/configure router "Base" interface "system" ipv4 primary prefix-length 32
/configure router "Base" interface "to-r2" port 1/1/c1/1
/configure router "Base" interface "to-r2" ipv4 primary address 10.0.0.0
/configure router "Base" interface "to-r2" ipv4 primary prefix-length 31
/configure router "Base" bgp group "ebgp" peer-as 65002
/configure router "Base" bgp group "ebgp" export policy ["OUT"]
/configure router "Base" bgp neighbor "10.0.0.1" group "ebgp"
/configure router "Base" static-routes route 198.51.100.0/24 route-type unicast next-hop "10.0.0.1" preference 50
/configure router "Base" static-routes route 198.51.100.0/24 route-type unicast next-hop "10.0.0.1" admin-state enable
`;
  const device = sros(flat);

  it('is understood to the last line', () => {
    expect(device.notModelled).toEqual([]);
  });

  it('is the device that the same lines in braces are', () => {
    expect(device.interfaces.get('to-r2')).toMatchObject({
      parent: '1/1/c1/1',
      addresses: [{ address: '10.0.0.0', length: 31 }],
    });
    expect(device.staticRoutes).toMatchObject([{ nextHop: { ip: '10.0.0.1' }, distance: 50 }]);
    expect(device.prefixLists.get('ipv4 P')?.entries).toMatchObject([
      { minLength: 24, maxLength: 24 },
      { minLength: 16, maxLength: 24 },
    ]);
    expect(device.policies.get('OUT')).toMatchObject({
      defaultDisposition: 'deny',
      terms: [{ disposition: 'permit', actions: [{ kind: 'prepend-as-path', asns: [65001, 65001, 65001] }] }],
    });
    expect(device.bgp[0]?.neighbours.get('10.0.0.1')?.group?.value).toBe('ebgp');
  });
});
