import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../parse.ts';

const junos = (text: string) => parseConfig({ text, file: 'r1.cfg', node: 'r1', dialect: 'junos' }).device;

const braces = `
system { host-name r1; }
interfaces {
    ge-0/0/0 {
        description "to r2";
        unit 0 { family inet { address 10.0.0.0/31; } }
    }
    inactive: ge-0/0/1 { unit 0 { family inet { address 10.9.9.9/24; } } }
}
routing-options {
    autonomous-system 65001;
    static { route 192.0.2.0/24 { discard; tag 7; } }
}
protocols {
    bgp {
        group peers {
            type external;
            export [ OUT LAST ];
            neighbor 10.0.0.1 { peer-as 65002; import IN; }
        }
    }
}
policy-options {
    policy-statement OUT {
        term nets {
            from {
                protocol [ static direct ];
                route-filter 192.0.2.0/24 exact;
                route-filter 198.51.100.0/24 orlonger;
            }
            then { community add C; accept; }
        }
        then reject;
    }
    community C members [ 65001:1 no-export ];
}
`;
const flat = `
set system host-name r1
set interfaces ge-0/0/0 description "to r2"
set interfaces ge-0/0/0 unit 0 family inet address 10.0.0.0/31
set interfaces ge-0/0/1 unit 0 family inet address 10.9.9.9/24
deactivate interfaces ge-0/0/1
set routing-options autonomous-system 65001
set routing-options static route 192.0.2.0/24 discard
set routing-options static route 192.0.2.0/24 tag 7
set protocols bgp group peers type external
set protocols bgp group peers export OUT
set protocols bgp group peers export LAST
set protocols bgp group peers neighbor 10.0.0.1 peer-as 65002
set protocols bgp group peers neighbor 10.0.0.1 import IN
set policy-options policy-statement OUT term nets from protocol static
set policy-options policy-statement OUT term nets from protocol direct
set policy-options policy-statement OUT term nets from route-filter 192.0.2.0/24 exact
set policy-options policy-statement OUT term nets from route-filter 198.51.100.0/24 orlonger
set policy-options policy-statement OUT term nets then community add C
set policy-options policy-statement OUT term nets then accept
set policy-options policy-statement OUT then reject
set policy-options community C members 65001:1
set policy-options community C members no-export
`;

describe.each([
  ['braces', braces],
  ['display set', flat],
])('Junos in %s', (_, text) => {
  const device = junos(text);

  it('has its units as interfaces, without inactive ones', () => {
    expect(device.hostname?.value).toBe('r1');
    expect([...device.interfaces.keys()]).toEqual(['ge-0/0/0', 'ge-0/0/0.0']);
    expect(device.interfaces.get('ge-0/0/0.0')).toMatchObject({
      kind: 'subinterface',
      parent: 'ge-0/0/0',
      addresses: [{ address: '10.0.0.0', length: 31, family: 'ipv4' }],
    });
    expect(device.notModelled).toEqual([]);
  });

  it('keeps the lines of one static route together', () => {
    expect(device.staticRoutes).toMatchObject([
      { vrf: 'default', prefix: '192.0.2.0/24', nextHop: { drop: 'discard' }, tag: 7, recursive: false },
    ]);
  });

  it('has neighbours that inherit from their group', () => {
    const process = device.bgp[0];
    expect(process?.asn.value).toBe(65001);
    expect(process?.groups.get('peers')?.everyFamily?.policyOut?.policies.map(({ value }) => value)).toEqual([
      'OUT',
      'LAST',
    ]);
    const neighbour = process?.neighbours.get('10.0.0.1');
    expect(neighbour).toMatchObject({ remoteAs: { value: 65002 }, group: { value: 'peers' } });
    expect(neighbour?.everyFamily?.policyIn?.policies.map(({ value }) => value)).toEqual(['IN']);
    expect([...(neighbour?.families.keys() ?? [])]).toEqual(['ipv4-unicast']);
  });

  it('takes values of one condition as alternatives, and the unnamed term last', () => {
    const policy = device.policies.get('OUT');
    expect(policy?.terms.map(({ name, disposition }) => [name, disposition])).toEqual([
      ['nets', 'permit'],
      ['', 'deny'],
    ]);
    const [protocols, prefixes] = policy?.terms[0]?.conditions ?? [];
    const names =
      protocols?.kind === 'any'
        ? protocols.of.flatMap((each) => (each.kind === 'protocol' ? each.protocols : []))
        : protocols?.kind === 'protocol'
          ? protocols.protocols
          : [];
    expect(names).toEqual(['static', 'direct']);
    expect(prefixes).toMatchObject({
      kind: 'closest-prefix',
      filters: [
        { prefix: '192.0.2.0/24', minLength: 24, maxLength: 24 },
        { prefix: '198.51.100.0/24', minLength: 24, maxLength: 32 },
      ],
    });
    expect(device.communityLists.get('C')?.entries).toMatchObject([{ members: ['65001:1', '65535:65281'] }]);
  });
});

describe('Junos text that is out of order', () => {
  it('is read as far as it goes, with the place of what is wrong', () => {
    const { tree } = parseConfig({
      text: 'system {\n  host-name r1;\n}\n}\ninterfaces {\n',
      file: 'r1.cfg',
      node: 'r1',
      dialect: 'junos',
    });
    expect(tree.problems.map(({ span, message }) => [span.line, message])).toEqual([
      [3, 'This brace closes no block; remove it.'],
      [4, 'This block is not closed; a closing brace is missing.'],
    ]);
  });

  it('lists what is not modelled with its whole path', () => {
    expect(junos('set protocols rsvp interface all\n').notModelled.map(({ text }) => text)).toEqual([
      'protocols / rsvp interface all',
    ]);
  });
});

describe('families of BGP', () => {
  it.each([
    [
      'nested',
      'protocols { bgp { group g { family inet { unicast { prefix-limit { maximum 100; teardown 80; } } } neighbor 10.0.0.1 { peer-as 65002; } } } }',
    ],
    [
      'in one',
      'set protocols bgp group g family inet unicast prefix-limit maximum 100\nset protocols bgp group g family inet unicast prefix-limit teardown 80\nset protocols bgp group g neighbor 10.0.0.1 peer-as 65002\n',
    ],
  ])('are read %s', (_, text) => {
    const device = junos(text);
    expect(device.notModelled).toEqual([]);
    expect(device.bgp[0]?.groups.get('g')?.families.get('ipv4-unicast')).toMatchObject({
      activate: { value: true },
      maximumPrefix: { value: { limit: 100, action: 'shutdown' } },
    });
  });
});
