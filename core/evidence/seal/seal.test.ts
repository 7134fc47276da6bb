import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testKey } from '../fixtures/sample-run.ts';
import { AllowedSignersError, allowedSignerLine, matchesList, parseAllowedSigners, trust } from './allowed-signers.ts';
import { ED25519, readPrivateKey, signingKeyFromSeed, writePrivateKey } from './openssh-key.ts';
import { parseSums, sha256Hex, writeSums } from './sha256sums.ts';
import { armor, dearmor, WireError } from './ssh-wire.ts';
import { parseSignature, signMessage, verifyMessage } from './sshsig.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const key = testKey();
const other = testKey(8);
const NAMESPACE = 'preflight-evidence@v1';

describe('signatures', () => {
  const signature = signMessage(bytes('message'), NAMESPACE, key);

  test('fit their message, their namespace and their key only', () => {
    const parsed = parseSignature(signature);
    expect(parsed.namespace).toBe(NAMESPACE);
    expect(verifyMessage(bytes('message'), NAMESPACE, parsed)).toBe(true);
    expect(verifyMessage(bytes('messagf'), NAMESPACE, parsed)).toBe(false);
    expect(verifyMessage(bytes('message'), 'file', parsed)).toBe(false);
    expect(verifyMessage(bytes('message'), NAMESPACE, { ...parsed, publicKeyBlob: other.publicKeyBlob })).toBe(false);
  });

  test('are the same each time', () => {
    expect(signMessage(bytes('message'), NAMESPACE, key)).toBe(signature);
  });

  test('property: no changed bit of the file leaves a signature that fits', () => {
    const file = Buffer.from(signature, 'latin1');
    for (let bit = 0; bit < file.length * 8; bit += 1) {
      const copy = Buffer.from(file);
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const accepted = ((): boolean => {
        try {
          const parsed = parseSignature(copy.toString('latin1'));
          return (
            verifyMessage(bytes('message'), NAMESPACE, parsed) &&
            Buffer.compare(parsed.publicKeyBlob, key.publicKeyBlob) === 0
          );
        } catch (error) {
          if (error instanceof WireError) return false;
          throw error;
        }
      })();
      expect(accepted, `bit ${bit}`).toBe(false);
    }
  });

  test('an armor with the same bytes in another spelling is refused, with the place', () => {
    const text = armor('X', bytes('abcd'));
    expect(dearmor('X', text)).toEqual(bytes('abcd'));
    // The spare bits of the last base64 digit may not vary.
    expect(() => dearmor('X', text.replace('YWJjZA==', 'YWJjZB=='))).toThrow(WireError);
    expect(() => dearmor('X', text.replace('YWJj', 'YWJj\n'))).toThrow(WireError);
  });
});

describe('private keys', () => {
  test('come back from their file', () => {
    const read = readPrivateKey(writePrivateKey(key, 12345));
    expect(read.principal).toBe(key.principal);
    expect(read.fingerprint).toBe(key.fingerprint);
    expect(signMessage(bytes('m'), NAMESPACE, read)).toBe(signMessage(bytes('m'), NAMESPACE, key));
  });

  test.each([
    ['is not a key', 'hello', 'first line'],
    ['is cut off', writePrivateKey(key, 1).slice(0, 200), 'last line'],
  ])('a file that %s is refused', (_title, text, message) => {
    expect(() => readPrivateKey(text)).toThrow(message);
  });

  test('property: every seed makes a key that verifies', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ maxLength: 100 }),
        (seed, message) => {
          const made = readPrivateKey(writePrivateKey(signingKeyFromSeed(seed, 'a@b'), 7));
          expect(verifyMessage(message, 'n', parseSignature(signMessage(message, 'n', made)))).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('allowed signers', () => {
  const blob = Buffer.from(key.publicKeyBlob).toString('base64');
  const noon = Date.UTC(2026, 0, 31, 12);
  const decide = (file: string, principal: string | null = 'seal@site', now = noon): string => {
    const decision = trust(parseAllowedSigners(file), key.publicKeyBlob, principal, NAMESPACE, now);
    return decision.trusted ? 'trusted' : decision.reason;
  };

  test.each([
    ['a plain line', `seal@site ssh-ed25519 ${blob}`, 'trusted'],
    [
      'comments, blank lines and a comment behind the key',
      `# ours\n\n  seal@site ssh-ed25519 ${blob} noc key\n`,
      'trusted',
    ],
    ['CR LF', `seal@site ssh-ed25519 ${blob}\r\n`, 'trusted'],
    ['several principals', `a@b,seal@site ssh-ed25519 ${blob}`, 'trusted'],
    ['quoted principals', `"seal@site" ssh-ed25519 ${blob}`, 'trusted'],
    ['a wildcard', `*@site ssh-ed25519 ${blob}`, 'trusted'],
    ['a single-character wildcard', `sea?@site ssh-ed25519 ${blob}`, 'trusted'],
    [
      'a wildcard with an exception',
      `*@site,!seal@site ssh-ed25519 ${blob}`,
      'line 1 does not allow the key for seal@site',
    ],
    ['another principal', `x@site ssh-ed25519 ${blob}`, 'line 1 does not allow the key for seal@site'],
    ['the right namespace', `seal@site namespaces="file,preflight-evidence@v1" ssh-ed25519 ${blob}`, 'trusted'],
    ['a namespace pattern', `seal@site namespaces="preflight-*" ssh-ed25519 ${blob}`, 'trusted'],
    ['another namespace', `seal@site namespaces="file" ssh-ed25519 ${blob}`, 'namespace preflight-evidence@v1'],
    ['within its time', `seal@site valid-after="20260101Z",valid-before="20270101Z" ssh-ed25519 ${blob}`, 'trusted'],
    ['expired', `seal@site valid-before="20260131115959Z" ssh-ed25519 ${blob}`, 'no longer valid'],
    ['not valid yet', `seal@site valid-after="202601311201Z" ssh-ed25519 ${blob}`, 'not valid yet'],
    ['a certificate authority', `seal@site cert-authority ssh-ed25519 ${blob}`, 'certificate authority only'],
    ['a second line that allows it', `x@site ssh-ed25519 ${blob}\nseal@site ssh-ed25519 ${blob}`, 'trusted'],
    ['another key', `seal@site ssh-ed25519 ${Buffer.from(other.publicKeyBlob).toString('base64')}`, 'not in the file'],
    ['an empty file', '', 'not in the file'],
  ])('%s', (_title, file, outcome) => {
    expect(decide(file)).toContain(outcome);
  });

  test('without an expected principal every line of the key counts', () => {
    expect(decide(`x@site ssh-ed25519 ${blob}`, null)).toBe('trusted');
  });

  test('a key of another kind is kept, and trusts nothing here', () => {
    const rsa = Buffer.concat([Buffer.from([0, 0, 0, 7]), Buffer.from('ssh-rsa'), Buffer.from('rest')]).toString(
      'base64',
    );
    expect(parseAllowedSigners(`a@b ssh-rsa ${rsa}`)[0]?.keyType).toBe('ssh-rsa');
  });

  test.each([
    ['no key', 'seal@site', 'expected principals'],
    ['a key type that the key does not have', `seal@site ssh-rsa ${blob}`, 'expected principals'],
    ['an unknown option', `seal@site trust-me="yes" ssh-ed25519 ${blob}`, 'not known'],
    ['an option twice', `seal@site namespaces="a",namespaces="b" ssh-ed25519 ${blob}`, 'twice'],
    ['a value without quotes', `seal@site valid-after=20260101 ssh-ed25519 ${blob}`, 'quoted'],
    ['a day that does not exist', `seal@site valid-after="20260230Z" ssh-ed25519 ${blob}`, 'not a time'],
    [
      'an empty span of time',
      `seal@site valid-after="20270101Z",valid-before="20260101Z" ssh-ed25519 ${blob}`,
      'not later',
    ],
  ])('refuses the file for %s', (_title, line, message) => {
    expect(() => parseAllowedSigners(`# first\n${line}`)).toThrow(AllowedSignersError);
    expect(() => parseAllowedSigners(`# first\n${line}`)).toThrow(message);
    expect(() => parseAllowedSigners(`# first\n${line}`)).toThrow('Line 2');
  });

  test('a line that we write allows exactly what it says', () => {
    const file = `${allowedSignerLine(key.principal, NAMESPACE, ED25519, key.publicKeyBlob)}\n`;
    expect(decide(file, key.principal)).toBe('trusted');
    expect(decide(file, 'seal@elsewhere')).toContain('does not allow');
  });

  test('patterns are matched in time that does not explode', () => {
    const start = performance.now();
    expect(matchesList('a'.repeat(2000), [`${'*a'.repeat(200)}b`])).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('SHA256SUMS', () => {
  const files = new Map([
    ['raw/b.json', bytes('b')],
    ['bundle.json', bytes('a')],
  ]);

  test('is sorted by path and reads back', () => {
    const text = writeSums(files);
    expect(text).toBe(`${sha256Hex(bytes('a'))}  bundle.json\n${sha256Hex(bytes('b'))}  raw/b.json\n`);
    expect(parseSums(text)).toEqual({
      ok: true,
      sums: new Map([
        ['bundle.json', sha256Hex(bytes('a'))],
        ['raw/b.json', sha256Hex(bytes('b'))],
      ]),
    });
  });

  test.each(['../x', '/etc/passwd', 'a//b', 'a b', 'a\nb', '.hidden', 'a/../b', 'a\\b', '-', 'a/b/c/d/e'])(
    'refuses the path %j',
    (path) => {
      expect(() => writeSums(new Map([[path, bytes('')]]))).toThrow(RangeError);
      expect(parseSums(`${'a'.repeat(64)}  ${path}\n`).ok).toBe(false);
    },
  );

  const line = (path: string): string => `${'a'.repeat(64)}  ${path}\n`;
  test.each([
    ['the wrong order', line('b') + line('a'), 134],
    ['a path twice', line('a') + line('a'), 134],
    ['a digest in capitals', line('a').replace('a', 'A'), 0],
    ['one blank', line('a').replace('  ', ' '), 0],
    ['binary mode', line('a').replace('  ', ' *'), 0],
    ['a line without an end', line('a') + line('b').trimEnd(), 68],
    ['nothing', '', 0],
  ])('refuses %s and says where', (_title, text, offset) => {
    const result = parseSums(text);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.offset).toBe(offset);
  });
});
