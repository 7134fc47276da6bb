import { describe, expect, it } from 'vitest';
import type { DialectId } from '../../device/device.ts';
import { deviceOf, unmodelled, withoutSpans } from '../../parsing.fixture.ts';

const prefixes = (dialect: DialectId, text: string, key = 'ipv4 P') => {
  const device = deviceOf(dialect, text);
  expect(unmodelled(device)).toEqual([]);
  return device.prefixLists
    .get(key)
    ?.entries.map((entry) => `${entry.sequence} ${entry.action} ${entry.prefix} ${entry.minLength}-${entry.maxLength}`);
};

describe('prefix-lists', () => {
  it('number entries without a number after the last one', () => {
    const text =
      'ip prefix-list P permit 10.0.0.0/8\nip prefix-list P seq 12 deny 10.0.0.0/8 le 24\nip prefix-list P permit 192.168.1.7/16 ge 20';
    expect(prefixes('ios', text)).toEqual([
      '5 permit 10.0.0.0/8 8-8',
      '12 deny 10.0.0.0/8 8-24',
      '15 permit 192.168.0.0/16 20-32',
    ]);
    expect(prefixes('eos', text)).toEqual([
      '10 permit 10.0.0.0/8 8-8',
      '12 deny 10.0.0.0/8 8-24',
      '20 permit 192.168.0.0/16 20-32',
    ]);
  });

  it('take lengths in any order, and all of them for any', () => {
    expect(prefixes('frr', 'ip prefix-list P seq 5 permit 10.0.0.0/8 le 24 ge 16')).toEqual([
      '5 permit 10.0.0.0/8 16-24',
    ]);
    expect(prefixes('frr', 'ip prefix-list P seq 5 deny any')).toEqual(['5 deny 0.0.0.0/0 0-32']);
    expect(prefixes('frr', 'ipv6 prefix-list P seq 5 permit 2001:DB8::/32 le 48', 'ipv6 P')).toEqual([
      '5 permit 2001:db8::/32 32-48',
    ]);
  });

  it('stand in a stanza of their own on EOS', () => {
    expect(
      prefixes('eos', 'ip prefix-list P\n   seq 10 permit 10.0.0.0/8 eq 24\n   seq 20 deny 0.0.0.0/0 le 32'),
    ).toEqual(['10 permit 10.0.0.0/8 24-24', '20 deny 0.0.0.0/0 0-32']);
  });

  it('lose an entry by number or by content, and go with the last', () => {
    const text = 'ip prefix-list P seq 5 permit 10.0.0.0/8\nip prefix-list P seq 10 permit 20.0.0.0/8\n';
    expect(prefixes('ios', `${text}no ip prefix-list P seq 5 permit 10.0.0.0/8`)).toEqual(['10 permit 20.0.0.0/8 8-8']);
    expect(prefixes('ios', `${text}no ip prefix-list P seq 5`)).toEqual(['10 permit 20.0.0.0/8 8-8']);
    expect(prefixes('ios', `${text}no ip prefix-list P permit 20.0.0.0/8`)).toEqual(['5 permit 10.0.0.0/8 8-8']);
    expect(prefixes('ios', `${text}no ip prefix-list P`)).toBeUndefined();
  });

  it('may be described', () => expect(prefixes('ios', 'ip prefix-list P description what it is for')).toBeUndefined());
});

const lists = (dialect: DialectId, text: string) => {
  const device = deviceOf(dialect, text);
  expect(unmodelled(device)).toEqual([]);
  const named = [device.communityLists, device.extendedCommunityLists, device.largeCommunityLists, device.asPathLists];
  return named.flatMap((map) => [...map.values()].map((list) => withoutSpans(list)));
};

describe('community-lists', () => {
  it.each([
    [
      'ios',
      'ip community-list 1 permit 65001:1 no-export',
      { name: '1', kind: 'standard', entries: [{ action: 'permit', members: ['65001:1', '65535:65281'] }] },
    ],
    [
      'ios',
      'ip community-list 100 deny 65001:.*',
      { name: '100', kind: 'expanded', entries: [{ action: 'deny', expression: '65001:.*' }] },
    ],
    [
      'ios',
      'ip community-list standard C permit internet',
      { name: 'C', kind: 'standard', entries: [{ action: 'permit', members: [] }] },
    ],
    [
      'ios',
      'ip community-list expanded C permit _1:[0-9]+ 2:_',
      { name: 'C', kind: 'expanded', entries: [{ action: 'permit', expression: '_1:[0-9]+ 2:_' }] },
    ],
    [
      'ios',
      'ip extcommunity-list standard C permit rt 1:1',
      { name: 'C', kind: 'extended', entries: [{ action: 'permit', members: ['rt:1:1'] }] },
    ],
    [
      'ios',
      'ip extcommunity-list standard C\n 10 permit rt 1:1\n',
      { name: 'C', kind: 'extended', entries: [{ sequence: 10, action: 'permit', members: ['rt:1:1'] }] },
    ],
    [
      'frr',
      'bgp community-list standard C seq 5 permit 1:1',
      { name: 'C', kind: 'standard', entries: [{ sequence: 5, action: 'permit', members: ['1:1'] }] },
    ],
    [
      'frr',
      'bgp large-community-list expanded C seq 5 permit 1:.*',
      { name: 'C', kind: 'large-expanded', entries: [{ sequence: 5, action: 'permit', expression: '1:.*' }] },
    ],
    [
      'frr',
      'bgp large-community-list standard C permit 1:2:3',
      { name: 'C', kind: 'large', entries: [{ action: 'permit', members: ['1:2:3'] }] },
    ],
    [
      'eos',
      'ip community-list C permit 1:1 2:2',
      { name: 'C', kind: 'standard', entries: [{ action: 'permit', members: ['1:1', '2:2'] }] },
    ],
    [
      'eos',
      'ip community-list regexp C permit ^1:.*$',
      { name: 'C', kind: 'expanded', entries: [{ action: 'permit', expression: '^1:.*$' }] },
    ],
  ] as const)('%s: %s', (dialect, text, list) => expect(lists(dialect, text)).toEqual([list]));
});

describe('as-path access-lists', () => {
  it.each([
    ['ios', 'ip as-path access-list 1 permit ^65001_'],
    ['frr', 'bgp as-path access-list 1 seq 5 permit ^65001_'],
    ['eos', 'ip as-path access-list 1 permit ^65001_ any'],
  ] as const)('%s: %s', (dialect, text) =>
    expect(lists(dialect, text)).toMatchObject([{ name: '1', entries: [{ action: 'permit', expression: '^65001_' }] }]),
  );
});
