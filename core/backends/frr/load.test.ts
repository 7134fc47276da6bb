import { describe, expect, it } from 'vitest';
import { refusedLines } from './load.ts';

describe('what vtysh says while it loads a file', () => {
  it('names lines that no daemon knows', () => {
    expect(refusedLines('line 4: % Unknown command[4]: foo bar\n')).toEqual([
      { line: 3, message: 'FRR does not know the command "foo bar".' },
    ]);
  });

  it('joins what a daemon says with the line that it refuses', () => {
    const output = [
      '% Configure the peer-group first',
      'line 15: Failure to communicate[13] to bgpd, line:  neighbor 10.0.0.9 peer-group NOPE',
      '',
      'BGP is already running; AS is 65001',
      'line 23: Failure to communicate[13] to bgpd, line: router bgp 65009',
    ].join('\n');
    expect(refusedLines(output)).toEqual([
      { line: 14, message: 'bgpd refuses "neighbor 10.0.0.9 peer-group NOPE": Configure the peer-group first.' },
      { line: 22, message: 'bgpd refuses "router bgp 65009": BGP is already running; AS is 65001.' },
    ]);
  });

  it('counts a line once that several daemons refuse, and leaves log lines alone', () => {
    const output = [
      '2026/01/31 09:30:00 ZEBRA: [NNACN-54BDA] Disabling MPLS support (no kernel support)',
      'line 7: Failure to communicate[13] to zebra, line: ip nht bogus',
      'line 7: Failure to communicate[13] to bgpd, line: ip nht bogus',
    ].join('\n');
    expect(refusedLines(output)).toEqual([{ line: 6, message: 'zebra refuses "ip nht bogus": code 13.' }]);
  });
});
