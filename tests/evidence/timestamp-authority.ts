/** A time-stamping authority for tests: `openssl ts` behind an HTTP server on loopback, with keys of its own. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const CONFIGURATION = `
oid_section = oids
[oids]
tsa_policy = 1.2.3.4.1
[req]
distinguished_name = name
prompt = no
[name]
CN = Test authority
[ca]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
[tsa]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[plain]
basicConstraints = critical,CA:false
extendedKeyUsage = serverAuth
[ts]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = tsa_policy
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = no
ess_cert_id_chain = no
`;

export interface TimestampAuthority {
  readonly address: string;
  /** PEM of the certificate that signs the authority's own. */
  readonly caPem: string;
  readonly caFile: string;
  /** How often it was asked. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

/** Makes the keys in a folder and serves on loopback. `kind` is the kind of the authority's key. */
export async function timestampAuthority(folder: string, kind: 'rsa' | 'ec' = 'ec'): Promise<TimestampAuthority> {
  const at = (name: string): string => join(folder, `${kind}-${name}`);
  const openssl = (...parameters: readonly string[]) => run('openssl', parameters, { cwd: folder });
  await writeFile(at('ts.cnf'), CONFIGURATION.replace('serial = serial', `serial = ${at('serial')}`));
  await writeFile(at('serial'), '01\n');
  const key = kind === 'rsa' ? ['rsa:2048'] : ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  const days = ['-days', '3650'];
  await openssl(
    'req',
    '-x509',
    '-config',
    at('ts.cnf'),
    '-extensions',
    'ca',
    '-newkey',
    ...key,
    '-nodes',
    ...days,
    '-subj',
    '/CN=Test root',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
  );
  await openssl(
    'req',
    '-new',
    '-config',
    at('ts.cnf'),
    '-newkey',
    ...key,
    '-nodes',
    '-subj',
    '/CN=Test TSA',
    '-keyout',
    at('tsa.key'),
    '-out',
    at('tsa.csr'),
  );
  await openssl(
    'x509',
    '-req',
    '-in',
    at('tsa.csr'),
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-extfile',
    at('ts.cnf'),
    '-extensions',
    'tsa',
    ...days,
    '-out',
    at('tsa.pem'),
  );

  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', async () => {
      const name = at(randomBytes(6).toString('hex'));
      try {
        await writeFile(`${name}.tsq`, Buffer.concat(parts));
        await openssl(
          'ts',
          '-reply',
          '-config',
          at('ts.cnf'),
          '-section',
          'ts',
          '-queryfile',
          `${name}.tsq`,
          '-signer',
          at('tsa.pem'),
          '-inkey',
          at('tsa.key'),
          '-out',
          `${name}.tsr`,
        );
        response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(await readFile(`${name}.tsr`));
      } catch {
        response.writeHead(500).end();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsa`,
    caPem: await readFile(at('ca.pem'), 'utf8'),
    caFile: at('ca.pem'),
    calls: () => calls,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
