import { describe, expect, test } from 'vitest';
import { assess } from './assess.ts';
import { labOf } from './fixtures/lab.ts';
import type { ApprovedService } from './framework.ts';

const HTTPS: readonly ApprovedService[] = [{ protocol: 'tcp', ports: [[443, 443]] }, { protocol: 'icmp' }];

const FILTER = ['permit tcp any host 10.0.0.10 eq 443', 'deny ip any host 10.0.0.99', 'permit icmp any any'];

const lab = (entries: readonly string[] | undefined) =>
  labOf({
    r1: {
      dialect: 'ios',
      text: [
        'hostname r1',
        'interface GigabitEthernet0/0',
        ' ip address 10.0.0.1 255.255.255.0',
        ...(entries ? [' ip access-group EDGE in'] : []),
        ...(entries ? ['ip access-list extended EDGE', ...entries.map((entry) => ` ${entry}`)] : []),
        '',
      ].join('\n'),
    },
  });

const decided = (
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
  approvedServices: readonly ApprovedService[] | null = HTTPS,
) => {
  const row = assess(lab(after), { run: { before: lab(before), ...(approvedServices && { approvedServices }) } }).find(
    ({ control }) => control === '1.2.5',
  );
  return { status: row?.status, line: row?.evidence[0]?.line, text: row?.evidence[0]?.text };
};

test('a service that is on the list of the site may be permitted', () => {
  expect(decided(FILTER, [...FILTER, 'permit tcp any host 10.0.0.11 eq 443'])).toMatchObject({
    status: 'pass',
    line: 9,
    text: expect.stringContaining('approved'),
  });
});

test.each([
  ['another port', 'permit tcp any host 10.0.0.11 eq 23'],
  ['every port of the protocol', 'permit tcp any host 10.0.0.11'],
  ['every protocol', 'permit ip any host 10.0.0.11'],
  ['another protocol', 'permit udp any host 10.0.0.11 eq 443'],
  ['a range that is wider than the approved one', 'permit tcp any host 10.0.0.11 range 443 444'],
])('%s is not on it, and the line is cited', (_, entry) => {
  expect(decided(FILTER, [...FILTER, entry])).toMatchObject({ status: 'fail', line: 9 });
});

test('a denial that is taken away makes the permissions behind it new ones', () => {
  const [https = '', denial = '', icmp = ''] = FILTER;
  const telnet = 'permit tcp any any eq 23';
  expect(decided([https, denial, telnet], [https, telnet])).toMatchObject({ status: 'fail', line: 7 });
  expect(decided([https, denial, icmp], [https, icmp]).status).toBe('pass');
});

test('entries that only move past other permissions are not new', () => {
  const [https = '', denial = '', icmp = ''] = FILTER;
  expect(
    decided(['permit udp any any eq 53', https, denial, icmp], [https, 'permit udp any any eq 53', denial, icmp]),
  ).toMatchObject({ status: 'pass', line: null });
});

test('a filter that is taken off permits everything; one that is put on permits nothing new', () => {
  expect(decided(FILTER, undefined)).toMatchObject({ status: 'fail', line: 2 });
  expect(decided(undefined, [...FILTER, 'permit tcp any any eq 23']).status).toBe('pass');
});

test('without a list of the site nobody can tell', () => {
  expect(decided(FILTER, FILTER, null).status).toBe('not_tested');
});

describe('a port that is new', () => {
  const withPort = (more: string) =>
    labOf({
      r1: { dialect: 'ios', text: `hostname r1\n${more}ip access-list extended EDGE\n permit tcp any any eq 23\n` },
    });
  const port = (group: string) => `interface GigabitEthernet0/1\n ip address 10.1.0.1 255.255.255.0\n${group}`;
  const row = (more: string) =>
    assess(withPort(more), { run: { before: withPort(''), approvedServices: HTTPS } }).find(
      ({ control }) => control === '1.2.5',
    );

  test('permitted nothing before: all that its filter permits is new', () => {
    expect(row(port(' ip access-group EDGE in\n'))).toMatchObject({ status: 'fail', evidence: [{ line: 6 }] });
  });

  test('and has no filter: nobody approved what it lets pass', () => {
    expect(row(port(''))).toMatchObject({ status: 'not_tested', evidence: [{ line: 2 }] });
  });
});
