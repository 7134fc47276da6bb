import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { textLab } from '../../network/fixtures/text-lab.ts';
import type { Snapshot } from '../../network/snapshot.ts';
import { type ContainerlabOptions, containerlabBackend, findContainerlab } from './containerlab.ts';

const R1 = `hostname r1
interface eth1
 ip address 10.0.0.1/31
router bgp 65001
 no bgp ebgp-requires-policy
 neighbor 10.0.0.0 remote-as 65002
`;
const R2 = `hostname r2
interface Ethernet1
   no switchport
   ip address 10.0.0.0/31
router bgp 65002
   neighbor 10.0.0.1 remote-as 65001
   network 10.2.0.0/24
`;
const SHUT = ' neighbor 10.0.0.0 shutdown\n';

function lab(r1 = R1): Snapshot {
  const snapshot = textLab(`//- r1 frr\n${r1}//- r2 eos\n${R2}//- link r1:eth1 r2:Ethernet1\n`);
  const kinds = { r1: { kind: 'linux', image: 'frr-deb:8.4.4' }, r2: { kind: 'arista_ceos', image: 'ceos:4.32.0F' } };
  const nodes = [...snapshot.nodes].map(([name, node]) => [name, { ...node, ...kinds[name as 'r1'] }] as const);
  return { ...snapshot, folder: '/site/lab', nodes: new Map(nodes) };
}

const zebra = (prefix: string, protocol: string, distance: number, hop: object) => ({
  [prefix]: [{ prefix, protocol, selected: true, distance, metric: 0, nexthops: [{ active: true, ...hop }] }],
});
const own = zebra('10.0.0.0/31', 'connected', 0, { interfaceName: 'eth1' });
const learned = zebra('10.2.0.0/24', 'bgp', 20, { ip: '10.0.0.0', interfaceName: 'eth1' });
const peer = (bgpState: string) => ({ default: { vrfId: 0, '10.0.0.0': { bgpState } } });
const eosRoutes = (routes: object) => ({ vrfs: { default: { routes } } });

const ANSWERS = {
  nodes: {
    r1: [
      { command: 'show ip route json', unless: 'shutdown', prints: { ...own, ...learned } },
      { command: 'show ip route json', prints: own },
      { command: 'show ipv6 route json', prints: {} },
      { command: 'neighbors json', unless: 'shutdown', prints: peer('Established') },
      { command: 'neighbors json', prints: peer('Idle') },
    ],
    r2: [
      {
        command: 'show ip route vrf all',
        prints: eosRoutes({
          '10.0.0.0/31': { routeType: 'connected', routeAction: 'forward', vias: [{ interface: 'Ethernet1' }] },
          '10.2.0.0/24': { routeType: 'static', routeAction: 'drop', preference: 1, metric: 0, vias: [] },
        }),
      },
      { command: 'show ipv6 route vrf all', prints: eosRoutes({}) },
      {
        command: 'show bgp summary',
        prints: { vrfs: { default: { peers: { '10.0.0.1': { peerState: 'Established' } } } } },
      },
    ],
  },
};

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'aegis-stand-in-'));
  for (const name of ['containerlab', 'docker']) {
    copyFileSync(fileURLToPath(new URL('fixtures/stand-in.mjs', import.meta.url)), join(home, `${name}.mjs`));
    chmodSync(join(home, `${name}.mjs`), 0o755);
  }
  vi.stubEnv('STAND_IN', home);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const programs = () => ({ containerlab: join(home, 'containerlab.mjs'), docker: join(home, 'docker.mjs') });
const backendWith = (answers: object = {}, more: Partial<ContainerlabOptions> = {}) => {
  writeFileSync(join(home, 'answers.json'), JSON.stringify({ ...ANSWERS, ...answers }));
  return containerlabBackend('0.79.0', {
    programs: programs(),
    workspaces: ['/site'],
    pause: async () => undefined,
    convergenceLimit: 20_000,
    equalLooks: 2,
    ...more,
  });
};
const labsLeft = (): readonly string[] => (existsSync(join(home, 'labs')) ? readdirSync(join(home, 'labs')) : []);
const calls = (): readonly (readonly string[])[] =>
  readFileSync(join(home, 'calls.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('a twin in containerlab', () => {
  it('deploys, reads, changes, rolls back and is destroyed', async () => {
    const backend = backendWith();
    const twin = await backend.spawnTwin(lab(), {});
    expect(twin.initial.sessions.map(({ node, state }) => `${node} ${state}`)).toEqual([
      'r1 established',
      'r2 established',
    ]);
    expect(twin.initial.nodes.get('r1')?.get('default')?.routes).toMatchObject([
      { prefix: '10.0.0.0/31', protocol: 'connected' },
      { prefix: '10.2.0.0/24', protocol: 'ebgp', ad: 20, nextHops: [{ ip: '10.0.0.0' }] },
    ]);
    expect(twin.components).toEqual([
      { name: 'containerlab', version: '0.79.0' },
      { name: 'frr-deb:8.4.4', version: 'frr-deb@sha256:2222' },
      { name: 'ceos:4.32.0F', version: 'ceos@sha256:2222' },
    ]);

    const after = await backend.applyAndConverge(twin, lab(R1 + SHUT), {});
    const diff = backend.stateDiff(twin.initial, after);
    expect(diff.counts).toMatchObject({ routesRemoved: 1, sessionsLost: 1 });

    const restored = await backend.applyAndConverge(twin, lab(), {});
    expect(backend.stateDiff(twin.initial, restored)).toMatchObject({ routes: [], sessions: [] });

    await backend.teardownTwin(twin);
    await backend.teardownTwin(twin);
    expect(labsLeft()).toEqual([]);
    expect(calls().filter(([program, word]) => program === 'containerlab' && word === 'destroy')).toHaveLength(1);
  });

  it('gives only the changed device its configuration', async () => {
    const backend = backendWith();
    const twin = await backend.spawnTwin(lab(), {});
    await backend.applyAndConverge(twin, lab(R1 + SHUT), {});
    const written = calls().filter((words) => words.includes('tee'));
    expect(written.map((words) => words.find((word) => word.endsWith('-r1') || word.endsWith('-r2')))).toEqual([
      expect.stringMatching(/-r1$/),
    ]);
    await backend.teardownTwin(twin);
  });

  it('takes what a device refuses for errors of the change', async () => {
    const backend = backendWith({ refuses: 'frobnicate' });
    const twin = await backend.spawnTwin(lab(), {});
    await expect(backend.applyAndConverge(twin, lab(`${R1} frobnicate\n`), {})).rejects.toMatchObject({
      name: 'ConfigurationRefused',
      errors: [{ node: 'r1', message: expect.stringContaining('% Unknown command: frobnicate') }],
    });
    await backend.teardownTwin(twin);
  });

  it.each<[string, object, string]>([
    ['the image is not there', { missingImage: 'ceos:4.32.0F' }, 'The image ceos:4.32.0F is not on this machine'],
    ['containerlab fails', { deployFails: 'no space left on device' }, 'no space left on device'],
    ['a container ends at once', { broken: 'r2' }, 'is exited'],
    [
      'a device answers with text in place of JSON',
      { nodes: { ...ANSWERS.nodes, r1: [{ command: 'show', prints: '% Unknown command' }] } },
      'routes of default: the answer is not JSON: "% Unknown command"',
    ],
  ])('leaves nothing behind when %s', async (_, answers, message) => {
    const backend = backendWith(answers);
    await expect(backend.spawnTwin(lab(), {})).rejects.toThrow(message);
    expect(labsLeft()).toEqual([]);
  });

  it('is not spawned for a lab outside of the workspace', async () => {
    const backend = backendWith({}, { workspaces: ['/elsewhere'] });
    await expect(backend.spawnTwin(lab(), {})).rejects.toThrow('lies outside of the workspace');
  });

  it('is not spawned while as many live as may', async () => {
    const backend = backendWith({}, { mostTwins: 1 });
    const first = await backend.spawnTwin(lab(), {});
    await expect(backend.spawnTwin(lab(), {})).rejects.toThrow('1 twins run on this machine already');
    await backend.teardownTwin(first);
  });

  it('touches no lab of another name', async () => {
    const backend = backendWith();
    const path = join(home, 'production.clab.yml');
    const twin = await backend.spawnTwin(lab(), {});
    writeFileSync(join(home, 'labs', 'production.json'), JSON.stringify({ path, folder: home, nodes: [] }));
    await backend.teardownTwin(twin);
    expect(labsLeft()).toEqual(['production.json']);
  });

  it('stops when it is cancelled, and is destroyed', async () => {
    const backend = backendWith();
    const abort = new AbortController();
    const onProgress = (text: string): void => {
      if (text === 'look 2') abort.abort(new Error('cancelled'));
    };
    await expect(backend.spawnTwin(lab(), { signal: abort.signal, onProgress })).rejects.toThrow('cancelled');
    expect(labsLeft()).toEqual([]);
  });

  it('is available where containerlab and a Docker engine answer', async () => {
    backendWith();
    expect(await findContainerlab(programs())).toBe('0.79.0');
    await expect(findContainerlab({ ...programs(), containerlab: 'no-such-program' })).rejects.toThrow(
      'no-such-program is not installed on this machine',
    );
  });
});
