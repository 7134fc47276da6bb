import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideAddress } from './address.ts';

describe('with the air gap on', () => {
  test.each([
    ['http://127.0.0.1:8080/tsa', { kind: 'tcp', host: '127.0.0.1', port: 8080, tls: false, path: '/tsa' }],
    ['http://127.9.8.7', { kind: 'tcp', host: '127.9.8.7', port: 80, path: '/' }],
    ['https://[::1]:8443/v1?x=1', { kind: 'tcp', host: '::1', port: 8443, tls: true, path: '/v1?x=1' }],
    ['http://localhost:80', { kind: 'tcp', host: '127.0.0.1', port: 80, name: 'localhost' }],
    ['ssh://admin@127.0.0.1:2222', { kind: 'tcp', host: '127.0.0.1', port: 2222, user: 'admin' }],
    ['unix:/run/tsa.sock', { kind: 'unix', socket: '/run/tsa.sock', path: '/' }],
    ['unix:///run/model.sock:/v1/chat', { kind: 'unix', socket: '/run/model.sock', path: '/v1/chat' }],
  ])('%s passes, and is called by its literal address', (address, destination) => {
    expect(decideAddress(address)).toMatchObject({ allowed: true, destination });
  });

  test.each([
    ['another machine', 'http://192.0.2.1/', 'not on this machine'],
    ['a private address', 'http://10.0.0.1/', 'not on this machine'],
    ['every address', 'http://0.0.0.0/', 'not on this machine'],
    ['an IPv6 address elsewhere', 'http://[2001:db8::1]/', 'not on this machine'],
    ['IPv4 inside IPv6', 'http://[::ffff:7f00:1]/', 'not on this machine'],
    ['a name', 'https://time.example/', 'no name is looked up'],
    ['a name that resolves to here', 'http://host.localhost/', 'no name is looked up'],
    ['localhost with a final dot', 'http://localhost./', 'no name is looked up'],
    ['a short address', 'http://127.1/', 'no name is looked up'],
    ['a number', 'http://2130706433/', 'no name is looked up'],
    ['octal', 'http://0177.0.0.1/', 'no name is looked up'],
    ['hexadecimal', 'http://0x7f.0.0.1/', 'no name is looked up'],
    ['a user in front of another host', 'http://127.0.0.1@192.0.2.1/', 'may not hold a user'],
    ['a password', 'ssh://admin:secret@127.0.0.1/', 'may not hold a user'],
    ['an option for ssh', 'ssh://-oProxyCommand=x@127.0.0.1/', 'may not hold a user'],
    ['a backslash', 'http://127.0.0.1\\@192.0.2.1/', 'may not hold a user'],
    ['another scheme', 'ftp://127.0.0.1/', 'are not called'],
    ['a file', 'file:///etc/passwd', 'not an address'],
    ['port 0', 'http://127.0.0.1:0/', 'is not a port'],
    ['port 65536', 'http://127.0.0.1:65536/', 'is not a port'],
    ['a relative socket', 'unix:run/x.sock', 'not the address of a unix socket'],
    ['a line break', 'http://127.0.0.1/\nHost: x', 'not an address'],
    ['nothing', '', 'not an address'],
  ])('%s does not: %s', (_title, address, reason) => {
    const decision = decideAddress(address);
    expect(decision.allowed).toBe(false);
    if (!decision.allowed) expect(decision.reason).toContain(reason);
  });
});

describe('a perimeter from a signed policy', () => {
  const airGap = { perimeter: ['10.20.0.0/16', '192.0.2.7', 'fd00:1::/32', 'not an address', '10.0.0.0/40'] };

  test.each(['ssh://noc@10.20.255.1', 'http://192.0.2.7/', 'http://[fd00:1:2::9]/'])('lets %s pass', (address) => {
    expect(decideAddress(address, airGap).allowed).toBe(true);
  });

  test.each(['ssh://noc@10.21.0.1', 'http://192.0.2.8/', 'http://[fd00:2::9]/', 'http://tsa.site/'])(
    'does not let %s pass',
    (address) => {
      expect(decideAddress(address, airGap).allowed).toBe(false);
    },
  );
});

test('property: whatever the text, what passes is a loopback literal or a unix socket', () => {
  const piece = fc.constantFrom(
    'http',
    'ssh',
    '://',
    '127.0.0.1',
    '[::1]',
    'localhost',
    '@',
    ':',
    '/',
    '8.8.8.8',
    '\\',
    '%',
    '?',
    '#',
    '.',
    'a',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
      const decision = decideAddress(pieces.join(''));
      if (!decision.allowed || decision.destination.kind === 'unix') return;
      expect(['127.0.0.1', '::1']).toContain(decision.destination.host);
    }),
    { numRuns: 3000 },
  );
});
