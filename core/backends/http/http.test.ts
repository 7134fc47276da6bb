import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { textLab } from '../../network/fixtures/text-lab.ts';
import { httpBackend } from './http.ts';

const router = (name: string, as: number, own: string, other: string, remote: number): string => `//- ${name} frr
interface eth1
 ip address ${own}/24
router bgp ${as}
 no bgp ebgp-requires-policy
 neighbor ${other} remote-as ${remote}
`;
const lab = textLab(
  `${router('r1', 65001, '10.0.0.1', '10.0.0.2', 65002)}${router('r2', 65002, '10.0.0.2', '10.0.0.1', 65001)}//- link r1:eth1 r2:eth1\n`,
);
const row = (peer: string, state: string): string => `${peer} 4 65000 10 10 1 0 0 00:10:00 ${state}\n`;
const health = (r1: string, r2: string) => ({
  ...{ devices: 2, ok: 2, warn: 0, error: 0 },
  results: [
    { hostname: 'r1', status: 'ok', output: row('10.0.0.2', r1), elapsed: 0.2 },
    { hostname: 'r2', status: 'ok', output: row('10.0.0.1', r2), elapsed: 0.2 },
  ],
});

type Answer = unknown | ((request: IncomingMessage, response: ServerResponse) => void);

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A tool on loopback that answers each path as the test says, and what it was asked. */
async function tool(answers: Readonly<Record<string, Answer>>) {
  const asked: { readonly path: string; readonly body: Readonly<Record<string, unknown>> }[] = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      asked.push({ path, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) });
      const found = answers[path];
      if (typeof found === 'function') found(request, response);
      else if (found === undefined) response.writeHead(404).end();
      else response.setHeader('content-type', 'application/json').end(JSON.stringify(found));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const backend = httpBackend({
    address: `http://127.0.0.1:${port}`,
    callLimit: 2_000,
    convergenceLimit: 10_000,
    pause: async () => undefined,
  });
  return { backend, asked };
}

const good = {
  '/api/batfish/analyze': { errors: 0, warnings: 1, passes: 9, findings: [{ severity: 'warning', message: 'r1: x' }] },
  '/api/preflight/twin/spawn': { twin: 'twin-1' },
  '/api/preflight/twin/apply': { applied: true },
  '/api/preflight/twin/destroy': { destroyed: true },
  '/api/nornir/run': health('5', '3'),
  '/api/pyats/diff': { total_changes: 0, diffs: [] },
};
const states = (state: { readonly sessions: readonly { node: string; state: string }[] }): readonly string[] =>
  state.sessions.map(({ node, state: is }) => `${node} ${is}`);

describe('the HTTP backend', () => {
  it('spawns, applies, compares and destroys by the tool', async () => {
    const { backend, asked } = await tool(good);
    expect(await backend.staticCheck(lab, {})).toEqual([]);
    const twin = await backend.spawnTwin(lab, {});
    expect(states(twin.initial)).toEqual(['r1 established', 'r2 established']);
    const after = await backend.applyAndConverge(twin, lab, {});
    expect(backend.stateDiff(twin.initial, after).counts.sessionsLost).toBe(0);
    await backend.teardownTwin(twin);
    await backend.teardownTwin(twin);
    expect(asked.map(({ path }) => path).filter((path) => path.includes('twin'))).toEqual([
      '/api/preflight/twin/spawn',
      '/api/preflight/twin/apply',
      '/api/preflight/twin/destroy',
    ]);
    expect(asked[0]?.body).toMatchObject({
      site: 'test',
      configs: { r1: expect.stringContaining('router bgp 65001') },
    });
  });

  it('believes rows, not a status of ok', async () => {
    const { backend } = await tool({ ...good, '/api/nornir/run': health('Active', 'Idle') });
    const { initial } = await backend.spawnTwin(lab, {});
    expect(states(initial)).toEqual(['r1 down', 'r2 down']);
    expect(initial.sessions[0]?.reason?.text).toBe('the tool shows Active');
    expect(initial.caveats.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('the simulation has the session with 10.0.0.2 up, the tool shows Active'),
    );
  });

  it('holds a peer that the tool calls dropped for lost, and one that came up not', async () => {
    const diffs = [
      { type: 'bgp', name: 'r1 10.0.0.2', pre_up: true, post_up: false },
      { type: 'bgp', name: 'r2 10.0.0.1', pre_up: false, post_up: true },
    ];
    const { backend } = await tool({ ...good, '/api/pyats/diff': { total_changes: 2, diffs } });
    const twin = await backend.spawnTwin(lab, {});
    const after = await backend.applyAndConverge(twin, lab, {});
    const { sessions, counts } = backend.stateDiff(twin.initial, after);
    expect(sessions.map(({ node, peer, kind }) => `${node} ${peer} ${kind}`)).toEqual(['r1 10.0.0.2 lost']);
    expect(counts.sessionsLost).toBe(1);
  });

  it('says that a twin whose sessions keep changing did not converge', async () => {
    let turn = 0;
    const flapping: Answer = (_: IncomingMessage, response: ServerResponse) => {
      turn += 1;
      response.end(JSON.stringify(health(String(turn), '3')));
    };
    const { backend } = await tool({ ...good, '/api/nornir/run': flapping });
    const { initial } = await backend.spawnTwin(lab, {});
    expect(initial.converged).toBe(false);
  });

  it('takes refused lines for errors of the change', async () => {
    const errors = [{ hostname: 'r1', line: 3, message: 'invalid input' }];
    const { backend } = await tool({ ...good, '/api/preflight/twin/apply': { applied: false, errors } });
    const twin = await backend.spawnTwin(lab, {});
    await expect(backend.applyAndConverge(twin, lab, {})).rejects.toMatchObject({
      name: 'ConfigurationRefused',
      errors: [{ node: 'r1', file: 'r1.cfg', line: 2, message: 'invalid input' }],
    });
  });

  it('gives errors of the analysis with the device that they name', async () => {
    const findings = [
      { severity: 'error', message: 'undefined route-map X on r2' },
      { severity: 'error', message: 'the snapshot has no edges' },
    ];
    const { backend } = await tool({
      ...good,
      '/api/batfish/analyze': { errors: 2, warnings: 0, passes: 0, findings },
    });
    expect((await backend.staticCheck(lab, {})).map(({ node }) => node)).toEqual(['r2', 'test']);
  });

  it('destroys a twin whose first look fails', async () => {
    const { backend, asked } = await tool({ ...good, '/api/nornir/run': { devices: 0 } });
    await expect(backend.spawnTwin(lab, {})).rejects.toThrow('/api/nornir/run: the answer is not as agreed');
    expect(asked.at(-1)?.path).toBe('/api/preflight/twin/destroy');
  });

  it.each<[string, Readonly<Record<string, Answer>>, string]>([
    [
      'leaves a device out',
      { '/api/nornir/run': { ...health('5', '3'), results: health('5', '3').results.slice(1) } },
      'The tool gives no answer of r1: its sessions are not known.',
    ],
    [
      'could not ask a device',
      {
        '/api/nornir/run': {
          ...health('5', '3'),
          results: [{ hostname: 'r1', status: 'error', output: 'timed out', elapsed: 9 }, health('5', '3').results[1]],
        },
      },
      'The tool could not ask r1 for its sessions: timed out',
    ],
    [
      'answers with text',
      { '/api/preflight/twin/spawn': (_: unknown, r: ServerResponse) => r.end('<html>') },
      'is not JSON',
    ],
    [
      'answers with an error',
      { '/api/preflight/twin/spawn': (_: unknown, r: ServerResponse) => r.writeHead(503, 'Busy').end() },
      'the answer is 503 Busy.',
    ],
    [
      'redirects',
      {
        '/api/preflight/twin/spawn': (_: unknown, r: ServerResponse) =>
          r.writeHead(302, { location: 'http://192.0.2.1/' }).end(),
      },
      'the answer is 302 Found.',
    ],
    [
      'closes early',
      {
        '/api/preflight/twin/spawn': (_: unknown, r: ServerResponse) => {
          r.writeHead(200, { 'content-length': '100' });
          r.write('{"twin"', () => r.destroy());
        },
      },
      'the connection ended in the middle of the answer.',
    ],
    ['never answers', { '/api/preflight/twin/spawn': () => undefined }, 'there was no complete answer within 2 s.'],
    ['names a twin with shell characters', { '/api/preflight/twin/spawn': { twin: 'x; rm' } }, 'not as agreed: twin'],
    ['leaves the twin out', { '/api/preflight/twin/spawn': {} }, 'not as agreed: twin'],
  ])('says in one sentence that the tool %s', async (_, answers, message) => {
    const { backend } = await tool({ ...good, ...answers });
    await expect(backend.spawnTwin(lab, {})).rejects.toThrow(message);
  });

  it('says when the tool counts more errors than it names', async () => {
    const { backend } = await tool({
      ...good,
      '/api/batfish/analyze': { errors: 3, warnings: 0, passes: 0, findings: [] },
    });
    await expect(backend.staticCheck(lab, {})).rejects.toThrow('The tool counts 3 errors and names 0');
  });

  it('says when nobody listens', async () => {
    const { backend } = await tool(good);
    server?.close();
    await once(server as Server, 'close');
    await expect(backend.spawnTwin(lab, {})).rejects.toThrow('the call failed');
  });

  it('stops when it is cancelled', async () => {
    const abort = new AbortController();
    const never: Answer = () => abort.abort(new Error('cancelled by the operator'));
    const { backend } = await tool({ ...good, '/api/preflight/twin/spawn': never });
    await expect(backend.spawnTwin(lab, { signal: abort.signal })).rejects.toThrow('cancelled by the operator');
  });

  it('calls nothing that the air gap does not let pass', () => {
    expect(() => httpBackend({ address: 'http://192.0.2.1:5757' })).toThrow('is refused: ');
    expect(() => httpBackend({ address: 'http://tool.example' })).toThrow('is refused: ');
  });
});
