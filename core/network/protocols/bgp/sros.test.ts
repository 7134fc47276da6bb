import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';

/** Two SR OS routers with an external session; r1 announces its static routes as its policy says. */
const router = (own: number, bgp: string, policy: string, more = '') => `
//- r${own} sros
configure {
    policy-options {
        policy-statement "all" {
            default-action {
                action-type accept
            }
        }
        ${policy}
    }
    port 1/1/1 {
        admin-state enable
    }
    router "Base" {
        autonomous-system 6500${own}
        interface "system" {
            ipv4 {
                primary {
                    address ${own}.${own}.${own}.${own}
                    prefix-length 32
                }
            }
        }
        interface "to-peer" {
            port 1/1/1
            ipv4 {
                primary {
                    address 10.0.0.${own}
                    prefix-length 24
                }
            }
        }
        bgp {
            group "peers" {
                peer-as 6500${3 - own}
                ${bgp}
            }
            neighbor "10.0.0.${3 - own}" {
                group "peers"
            }
        }
        ${more}
    }
}
`;
const routes = `static-routes {
            route 10.1.0.0/16 route-type unicast {
                tag 7
                blackhole {
                    admin-state enable
                }
            }
        }`;
const out = (name: string) => `export {
                    policy ["${name}"]
                }`;
const entry = (from: string, action = 'action-type accept') => `policy-statement "out" {
            entry 10 {
                from {
                    ${from}
                }
                action {
                    ${action}
                }
            }
            default-action {
                action-type reject
            }
        }`;
const paths = (r1: string, policy = '', r2 = '') =>
  observe(router(1, r1, policy, routes) + router(2, `import {\n policy ["all"]\n }\n${r2}`, '')).paths(
    'r2',
    '10.1.0.0/16',
  );

describe('SR OS settings of a BGP group', () => {
  it('give sent routes a metric, and received ones a preference and a local preference', () => {
    expect(paths(`med-out 40\n${out('all')}`)).toEqual(['> 10.0.0.1 [65001] 100 40']);
    expect(paths(out('all'), '', 'local-preference 250')).toEqual(['> 10.0.0.1 [65001] 250 0']);
    const lab = observe(
      router(1, out('all'), '', routes) + router(2, 'preference 90\nimport {\n policy ["all"]\n }', ''),
    );
    expect(lab.routes('r2', ['ebgp']).filter((route) => route.startsWith('10.1.'))).toEqual([
      '10.1.0.0/16 ebgp 90/0 10.0.0.1@to-peer',
    ]);
  });

  it('announce a default route', () => {
    const lab = observe(
      router(1, `send-default {\n ipv4 true\n }\n${out('all')}`, '') + router(2, 'import {\n policy ["all"]\n }', ''),
    );
    expect(lab.routes('r2', ['ebgp'])).toContain('0.0.0.0/0 ebgp 170/0 10.0.0.1@to-peer');
  });
});

describe('SR OS policies', () => {
  it('change the metric in a block of its own', () => {
    const action = 'action-type accept\nmetric {\n set 50\n }';
    expect(paths(out('out'), entry('protocol {\n name [static]\n }', action))).toEqual(['> 10.0.0.1 [65001] 100 50']);
  });

  it('compare tags of static routes', () => {
    expect(paths(out('out'), entry('tag 7'))).toHaveLength(1);
    expect(paths(out('out'), entry('tag 8'))).toEqual([]);
  });

  it('compare the length of the AS path', () => {
    const longer = (value: number) => entry(`as-path {\n length {\n value ${value}\n qualifier or-higher\n }\n }`);
    expect(paths(out('out'), longer(0))).toHaveLength(1);
    expect(paths(out('out'), longer(1))).toEqual([]);
  });
});
