import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';

/** a - b - c in a row; the tables of c. */
const lab = (onB: string, onLink: string, area = 'area 0') =>
  observe(`
//- a ios
interface Loopback0
 ip address 1.1.1.1 255.255.255.255
interface GigabitEthernet1
 ip address 10.0.1.1 255.255.255.0
 no shutdown
router ospf 1
 router-id 1.1.1.1
 network 0.0.0.0 255.255.255.255 area 0
${onB.includes('suppression') ? ' prefix-suppression' : ''}
//- b ios
interface Loopback0
 ip address 2.2.2.2 255.255.255.255
interface GigabitEthernet1
 ip address 10.0.1.2 255.255.255.0
 no shutdown
${onLink}
interface GigabitEthernet2
 ip address 10.0.2.2 255.255.255.0
 no shutdown
router ospf 1
 router-id 2.2.2.2
 network 0.0.0.0 255.255.255.255 ${area}
${onB}
//- c ios
interface GigabitEthernet2
 ip address 10.0.2.3 255.255.255.0
 no shutdown
router ospf 1
 router-id 3.3.3.3
 network 0.0.0.0 255.255.255.255 ${area}
`).routes('c', ['ospf']);

const HOSTS = ['1.1.1.1/32', '2.2.2.2/32'];
const prefixes = (routes: readonly string[]) => routes.map((route) => route.split(' ')[0]);

describe('OSPF', () => {
  it('announces the networks of links', () => {
    expect(prefixes(lab('', ''))).toEqual([...HOSTS, '10.0.1.0/24']);
  });

  it('leaves them out where it suppresses prefixes (RFC 6860), but not loopbacks', () => {
    expect(prefixes(lab(' prefix-suppression', ''))).toEqual(HOSTS);
  });

  it('does not run on an interface where it is shut down', () => {
    expect(prefixes(lab('', ' ip ospf shutdown'))).toEqual(['2.2.2.2/32']);
  });
});

describe('A virtual link of Junos', () => {
  const router = (name: string, id: string, lines: readonly string[]) =>
    `//- ${name} junos\nset routing-options router-id ${id}\n${lines.map((line) => `set ${line}`).join('\n')}\n`;
  const chain = (virtual: boolean) =>
    observe(
      router('a', '1.1.1.1', [
        'interfaces lo0 unit 0 family inet address 1.1.1.1/32',
        'interfaces ge-0/0/0 unit 0 family inet address 10.0.1.1/24',
        'protocols ospf area 0 interface lo0.0',
        'protocols ospf area 1 interface ge-0/0/0.0',
        ...(virtual ? ['protocols ospf area 0 virtual-link neighbor-id 2.2.2.2 transit-area 1'] : []),
      ]) +
        router('b', '2.2.2.2', [
          'interfaces ge-0/0/0 unit 0 family inet address 10.0.1.2/24',
          'interfaces ge-0/0/1 unit 0 family inet address 10.0.2.2/24',
          'protocols ospf area 1 interface ge-0/0/0.0',
          'protocols ospf area 2 interface ge-0/0/1.0',
          ...(virtual ? ['protocols ospf area 0 virtual-link neighbor-id 1.1.1.1 transit-area 1'] : []),
        ]) +
        router('c', '3.3.3.3', [
          'interfaces ge-0/0/1 unit 0 family inet address 10.0.2.3/24',
          'protocols ospf area 2 interface ge-0/0/1.0',
        ]),
    ).routes('c', ['ospf', 'ospf-ia']);

  it('joins an area that does not touch the backbone', () => {
    expect(prefixes(chain(false))).not.toContain('1.1.1.1/32');
    expect(prefixes(chain(true))).toContain('1.1.1.1/32');
  });
});
