import { describe, expect, it } from 'vitest';
import { detectDialect } from '../../detect.ts';
import { deviceOf, unmodelled } from '../../parsing.fixture.ts';

const FLAT = `
set deviceconfig system hostname fw1
set network interface ethernet ethernet1/1 layer3 ip 10.0.1.1/31
set network interface ethernet ethernet1/2 layer3 units ethernet1/2.20 tag 20
set network interface ethernet ethernet1/2 layer3 units ethernet1/2.20 ip 10.0.2.1/24
set network interface ethernet ethernet1/3 aggregate-group ae1
set network interface aggregate-ethernet ae1 layer3 ip 10.0.3.1/24
set network interface loopback units loopback.1 ip 192.0.2.1/32
set network interface ethernet ethernet1/9 layer3 ip 198.51.100.1/24
set network virtual-router default interface [ ethernet1/1 loopback.1 ]
set network virtual-router GUEST interface [ ethernet1/2.20 ae1 ]
set network virtual-router default routing-table ip static-route out destination 0.0.0.0/0
set network virtual-router default routing-table ip static-route out nexthop ip-address 10.0.1.0
set network virtual-router default routing-table ip static-route out interface ethernet1/1
set network virtual-router GUEST routing-table ip static-route up nexthop next-vr default
set network virtual-router GUEST routing-table ip static-route up destination 0.0.0.0/0
set network virtual-router default protocol bgp enable yes
set network virtual-router default protocol bgp local-as 65001
set network virtual-router default protocol bgp peer-group UP type ebgp remove-private-as no
set network virtual-router default protocol bgp peer-group UP peer isp peer-as 65002
set network virtual-router default protocol bgp peer-group UP peer isp peer-address ip 10.0.1.0
set network virtual-router default protocol bgp peer-group UP peer isp local-address ip 10.0.1.1/31
set network virtual-router default protocol bgp policy import rules ONLY match address-prefix 203.0.113.0/24 exact yes
set network virtual-router default protocol bgp policy import rules ONLY action allow update local-preference 200
set network virtual-router default protocol bgp policy import rules ONLY used-by UP
set zone inside network layer3 [ ethernet1/1 ]
`;

/** The same lines as the firewall prints them in braces. */
const BRACES = `
deviceconfig {
  system {
    hostname fw1;
  }
}
network {
  interface {
    ethernet {
      ethernet1/1 {
        layer3 {
          ip {
            10.0.1.1/31;
          }
        }
      }
    }
  }
  virtual-router {
    default {
      interface [ ethernet1/1];
      routing-table {
        ip {
          static-route {
            out {
              nexthop {
                ip-address 10.0.1.0;
              }
              destination 0.0.0.0/0;
            }
          }
        }
      }
      protocol {
        bgp {
          enable yes;
          local-as 65001;
          peer-group {
            UP {
              type {
                ebgp {
                  remove-private-as no;
                }
              }
              peer {
                isp {
                  peer-address {
                    ip 10.0.1.0;
                  }
                  peer-as 65002;
                }
              }
            }
          }
          policy {
            import {
              rules {
                ONLY {
                  match {
                    address-prefix {
                      203.0.113.0/24 {
                        exact yes;
                      }
                    }
                  }
                  action {
                    allow {
                      update {
                        local-preference 200;
                      }
                    }
                  }
                  used-by UP;
                }
              }
            }
          }
        }
      }
    }
  }
}
`;

describe('PAN-OS', () => {
  const device = deviceOf('panos', FLAT);

  it('is understood to the last line, in both of its forms', () => {
    expect(unmodelled(device)).toEqual([]);
    expect(unmodelled(deviceOf('panos', BRACES))).toEqual([]);
    expect([FLAT, BRACES].map((text) => detectDialect({ text }))).toEqual(['panos', 'panos']);
  });

  it('has ports, units with tags, aggregates and loopbacks', () => {
    expect(device.hostname?.value).toBe('fw1');
    expect(device.interfaces.get('ethernet1/1')).toMatchObject({ addresses: [{ address: '10.0.1.1', length: 31 }] });
    expect(device.interfaces.get('ethernet1/2.20')).toMatchObject({
      kind: 'subinterface',
      parent: 'ethernet1/2',
      encapsulationVlan: { value: 20 },
    });
    expect(device.interfaces.get('ethernet1/3')?.aggregate?.value).toBe('ae1');
    expect(device.interfaces.get('loopback.1')?.kind).toBe('loopback');
  });

  it('has a table for each virtual router, `default` being the global one, and none for ports without', () => {
    expect(device.interfaces.get('ethernet1/1')?.vrf).toBeUndefined();
    expect(device.interfaces.get('ae1')?.vrf?.value).toBe('GUEST');
    expect(device.interfaces.get('ethernet1/9')?.vrf?.value).toBe('no virtual router');
    expect(device.staticRoutes).toMatchObject([
      { vrf: 'default', prefix: '0.0.0.0/0', nextHop: { ip: '10.0.1.0', interface: 'ethernet1/1' } },
      { vrf: 'GUEST', prefix: '0.0.0.0/0', nextHop: { vrf: 'default' } },
    ]);
  });

  it('makes one policy of the rules that a group uses, which ends with a refusal', () => {
    for (const text of [FLAT, BRACES]) {
      const [process] = deviceOf('panos', text).bgp;
      const peer = process?.neighbours.get('10.0.1.0');
      expect(peer).toMatchObject({ remoteAs: { value: 65002 } });
      const family = peer?.families.get('ipv4-unicast');
      expect(family?.removePrivateAs).toBeUndefined();
      const name = family?.policyIn?.policies[0]?.value ?? '';
      expect(deviceOf('panos', text).policies.get(name)).toMatchObject({
        terms: [
          {
            conditions: [{ kind: 'any', of: [{ prefix: '203.0.113.0/24', minLength: 24, maxLength: 24 }] }],
            actions: [{ kind: 'set-local-preference', value: 200 }],
            disposition: 'permit',
          },
        ],
        defaultDisposition: 'deny',
      });
    }
  });

  it('lists what it does not model, the rules of sessions included', () => {
    const odd = `
set network virtual-router default protocol rip enable yes
set network virtual-router default protocol ospf area 0.0.0.0 virtual-link v1 enable yes
set rulebase security rules r1 action allow
set network virtual-router default admin-dists static 5
set network virtual-router default admin-dists ebgp 20
`;
    expect(unmodelled(deviceOf('panos', odd))).toEqual([
      'network / virtual-router / default / protocol / rip enable yes',
      'network / virtual-router / default / protocol / ospf / area / 0.0.0.0 / virtual-link v1 enable yes',
      'rulebase security rules r1 action allow',
      'virtual-router default admin-dists static 5',
    ]);
  });
});
