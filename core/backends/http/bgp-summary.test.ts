import { describe, expect, it } from 'vitest';
import { summaryRows } from './bgp-summary.ts';

const short = (output: string): readonly string[] =>
  summaryRows(output).map(({ peer, established, state }) => `${peer} ${established ? 'up' : state}`);

describe('a BGP summary', () => {
  it('has a row for each line that begins with an address', () => {
    const output = `BGP router identifier 10.255.0.1, local AS number 65001
Neighbor        V    AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd
10.0.0.2        4 65002    1205    1207       44    0    0 19:53:02       12
10.0.0.6        4 65003       0       0        1    0    0 never    Active
*10.0.0.9       4 65004      10      10        1    0    0 00:01:00 Idle (Admin)
2001:db8::2     4 65002    1205    1207       44    0    0 19:53:02        0
`;
    expect(short(output)).toEqual(['10.0.0.2 up', '10.0.0.6 Active', '10.0.0.9 Idle (Admin)', '2001:db8::2 up']);
  });

  it('may say that a session is established', () => {
    expect(short('10.0.0.2 65002 120 118 0 0 1:02:03 Establ\n')).toEqual(['10.0.0.2 up']);
    expect(short('10.0.0.2 65002 120 118 0 0 1:02:03 Established\n')).toEqual(['10.0.0.2 up']);
  });

  it('may break a row after a long address', () => {
    expect(short('2001:db8:1234:5678:9abc:def0:1234:5678\n                4 65002 10 10 1 0 0 00:10:00 7\n')).toEqual([
      '2001:db8:1234:5678:9abc:def0:1234:5678 up',
    ]);
  });

  it.each([
    ['a sentence that mentions one', 'The neighbour 10.0.0.2 is up 5\n'],
    ['an address alone', '10.0.0.2\n'],
    ['a short list', '10.0.0.2 10.0.0.3 5\n'],
    ['the word ok', 'ok\n'],
    ['a time', '12:30:45 up 3 days, 1 user, load 5\n'],
    ['nothing', ''],
  ])('has no session in %s', (_, output) => {
    expect(summaryRows(output)).toEqual([]);
  });

  it('does not hang on a line of colons or blanks', () => {
    const colons = ':'.repeat(20_000);
    expect(summaryRows(`${colons} 4 65002 1 1 1 0 0 never 5\n${' '.repeat(200_000)}x\n${colons}`)).toEqual([]);
  });
});
