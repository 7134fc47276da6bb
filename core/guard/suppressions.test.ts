import { describe, expect, it } from 'vitest';
import type { DialectId } from '../config/device/device.ts';
import { parseConfig } from '../config/parse.ts';
import { lintConfig } from './engine.ts';

const setAside = (text: string, dialect: DialectId = 'ios') =>
  lintConfig(parseConfig({ text, file: 'r1.cfg', node: 'r1', dialect }))
    .filter(({ rule }) => rule === 'ebgp-without-policy')
    .map(({ span, setAside: aside }) => `${span.line + 1}: ${aside?.reason ?? 'not set aside'}`);

describe('a finding is set aside', () => {
  it('by a comment above its statement, with a reason', () => {
    expect(
      setAside(`router bgp 65001
 ! aegis: allow ebgp-without-policy because the exchange filters for its members
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.6 remote-as 65003
`),
    ).toEqual(['3: the exchange filters for its members', '4: not set aside']);
  });

  it('with everything inside a block', () => {
    expect(
      setAside(`! aegis: allow ebgp-without-policy because a laboratory without customers
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.6 remote-as 65003
`),
    ).toEqual(['3: a laboratory without customers', '4: a laboratory without customers']);
  });

  it('in the comments of each language', () => {
    const junos = `routing-options { autonomous-system 65001; }
protocols {
    bgp {
        /* aegis: allow ebgp-without-policy because the exchange filters */
        group X {
            type external;
            peer-as 65002;
            neighbor 10.0.0.2;
        }
    }
}
`;
    expect(setAside(junos, 'junos')).toEqual([expect.stringContaining('the exchange filters')]);
  });

  it.each([
    ['no reason', '! aegis: allow ebgp-without-policy'],
    ['a reason that says nothing', '! aegis: allow ebgp-without-policy because ok'],
    ['another rule', '! aegis: allow maximum-prefix because the exchange filters'],
    ['a line that is no comment', 'description aegis: allow ebgp-without-policy because it filters'],
  ])('not by %s', (_, comment) => {
    expect(setAside(`router bgp 65001\n ${comment}\n neighbor 10.0.0.2 remote-as 65002\n`)).toEqual([
      '3: not set aside',
    ]);
  });
});
