import { describe, expect, it } from 'vitest';
import type { DialectId } from '../../device/device.ts';
import type { AclAddress } from '../../device/policy.ts';
import { deviceOf, unmodelled } from '../../parsing.fixture.ts';

const address = (side: AclAddress): string =>
  side.kind === 'any' ? 'any' : side.kind === 'group' ? `group ${side.name}` : `${side.address}~${side.wildcard}`;

/** The entries of the only access-list, each on a line. */
const entries = (dialect: DialectId, text: string): readonly string[] => {
  const device = deviceOf(dialect, text);
  return [...device.accessLists.values()].flatMap((list) =>
    list.entries.map((entry) =>
      [
        entry.sequence,
        entry.action,
        entry.protocol,
        address(entry.source),
        ...(entry.sourcePorts ?? []).map((range) => range.join('-')),
        address(entry.destination),
        ...(entry.destinationPorts ?? []).map((range) => range.join('-')),
        entry.established && 'established',
        entry.icmpType !== undefined && `type ${entry.icmpType}`,
        entry.log && 'log',
        entry.notModelled && `? ${entry.notModelled}`,
      ]
        .filter(Boolean)
        .join(' '),
    ),
  );
};

describe('access-lists', () => {
  it.each([
    ['ios', 'access-list 10 permit 10.0.0.0 0.0.0.255 log', '10 permit ip 10.0.0.0~0.0.0.255 any log'],
    ['ios', 'access-list 10 deny host 10.0.0.1', '10 deny ip 10.0.0.1~0.0.0.0 any'],
    ['ios', 'access-list 10 permit 10.0.0.1', '10 permit ip 10.0.0.1~0.0.0.0 any'],
    [
      'ios',
      'access-list 101 permit tcp any host 10.0.0.1 eq www 443',
      '10 permit tcp any 10.0.0.1~0.0.0.0 80-80 443-443',
    ],
    ['ios', 'access-list 101 permit udp any gt 1023 any range 5000 5100', '10 permit udp any 1024-65535 any 5000-5100'],
    ['ios', 'ip access-list extended A\n 20 permit tcp any any established', '20 permit tcp any any established'],
    ['ios', 'ip access-list extended A\n permit icmp any any echo-reply', '10 permit icmp any any type 0'],
    ['ios', 'ip access-list extended A\n permit tcp any neq 22 any', '10 permit tcp any 0-21 23-65535 any'],
    ['ios', 'ip access-list extended A\n deny ip object-group G any', '10 deny ip group G any'],
    ['ios', 'ip access-list extended A\n permit ip any any dscp ef', '10 permit ip any any ? dscp ef'],
    [
      'ios',
      'ipv6 access-list A\n sequence 10 permit tcp 2001:DB8::/32 any eq bgp',
      '10 permit tcp 2001:db8::~::ffff:ffff:ffff:ffff:ffff:ffff any 179-179',
    ],
    ['eos', 'ip access-list standard A\n   10 permit 10.0.0.0/8', '10 permit ip 10.0.0.0~0.255.255.255 any'],
    [
      'eos',
      'ip access-list A\n   10 permit tcp 10.0.0.0/8 any eq ssh',
      '10 permit tcp 10.0.0.0~0.255.255.255 any 22-22',
    ],
    ['frr', 'access-list A seq 5 permit 10.0.0.0/8', '5 permit ip 10.0.0.0~0.255.255.255 any'],
    ['frr', 'ipv6 access-list A permit any', '5 permit ip any any'],
  ] as const)('%s: %s', (dialect, text, entry) => expect(entries(dialect, text)).toEqual([entry]));

  it('keep an entry that cannot be read in its place, and list it', () => {
    const text = 'ip access-list extended A\n 10 permit ip any any\n 20 deny weird\n 30 permit ip any any';
    expect(entries('ios', text)[1]).toBe('20 deny ip any any ? weird');
    expect(unmodelled(deviceOf('ios', text))).toEqual(['access-list A / 20 deny weird']);
  });

  it('keep remarks apart', () =>
    expect(entries('ios', 'ip access-list standard A\n remark why\n permit any')).toEqual(['10 permit ip any any']));

  it('lose entries as each system does', () => {
    const list = 'access-list 10 permit host 10.0.0.1\naccess-list 10 permit host 10.0.0.2\n';
    expect(entries('ios', `${list}no access-list 10 permit host 10.0.0.1`)).toEqual([]);
    expect(entries('frr', `${list}no access-list 10 permit host 10.0.0.1`)).toEqual([
      '10 permit ip 10.0.0.2~0.0.0.0 any',
    ]);
    expect(entries('ios', 'ip access-list standard A\n 10 permit any\n 20 deny any\n no 10')).toEqual([
      '20 deny ip any any',
    ]);
  });
});
