import type { EvidenceBundle } from '../../core/evidence/bundle.ts';
import { sampleRun, testKey } from '../../core/evidence/fixtures/sample-run.ts';
import { type SeededRandom, seededRandom } from './networks/seeded-random.ts';

/*
 * Bundles for renderers to fail on: of many sizes, with every part run or not run, and with texts as bad as the schema
 * lets them be. They follow the schema; that their parts agree is not asked.
 */

const key = testKey();
const integrity = {
  namespace: 'preflight-evidence@v1',
  principal: key.principal,
  keyFingerprint: key.fingerprint,
} as const;

const AWKWARD: readonly string[] = [
  'plain text of an ordinary length',
  'x'.repeat(300),
  'a-word-that-goes-on-'.repeat(15),
  '</td><script>alert(1)</script> & "quotes" \'all\'',
  '\u4e2d\u6587\u5b57\u7b26 \u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u05e2\u05d1\u05e8\u05d9\u05ea',
  '\u{1f600}\u{1f4a5} e\u0301 \u00ad\u200b\ufeff\u00a0',
  '(parentheses) \\backslash %percent <</Type /Catalog>> endobj stream',
  ' '.repeat(120).concat('.'),
  'word '.repeat(160).trim(),
  '2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff/128 '.repeat(8).trim(),
];

const text = (random: SeededRandom, usual: string): string =>
  random.chance(0.85) ? usual : random.pick(AWKWARD).slice(0, 3900).trim() || usual;

/** A whole number from `low` to `high`, both included. */
const between = (random: SeededRandom, low: number, high: number): number => low + random.below(high - low + 1);

const many = <T>(random: SeededRandom, most: number, make: (at: number) => T): readonly T[] =>
  Array.from({ length: random.chance(0.15) ? 0 : between(random, 0, most) }, (_, at) => make(at));

/** A bundle that follows the schema; the same seed gives the same one. */
export function variedBundle(seed: number, base?: EvidenceBundle): EvidenceBundle {
  const random = seededRandom(seed);
  const verdict = random.pick(['ship_ready', 'needs_approval', 'blocked'] as const);
  const large = random.chance(0.04);
  const from =
    base ??
    ({
      ...sampleRun({
        devices: between(random, 1, large ? 30 : 4),
        lines: between(random, 1, large ? 200 : 12),
        routes: between(random, 0, large ? 300 : 12),
        verdict,
      }).bundle,
      integrity,
    } satisfies EvidenceBundle);
  const say = (usual: string): string => text(random, usual);
  const notRun = (usual: string) => ({ status: 'not_run', reason: say(usual) }) as const;
  const optional = <T>(value: T, reason: string): T | ReturnType<typeof notRun> =>
    random.chance(0.25) ? notRun(reason) : value;
  return {
    ...from,
    runId: `run-${seed}`,
    operator: say(from.operator),
    change: {
      ...from.change,
      intent: random.chance(0.2) ? null : say('Accept the prefixes of a customer.'),
      devices: random.chance(0.05)
        ? []
        : from.change.devices.map((device) => ({
            ...device,
            diff: random.chance(0.2) ? `${device.diff}+${random.pick(AWKWARD)}\n` : device.diff,
          })),
    },
    request: {
      ticket: random.chance(0.5) ? null : say('CHG-1001'),
      reason: random.chance(0.5) ? null : say('A new customer.'),
      author: random.chance(0.5) ? null : say('an author'),
      window: random.chance(0.5) ? null : { from: '2026-02-01T01:00:00Z', to: '2026-02-01T03:00:00Z' },
      expectedOutcome: random.chance(0.5) ? null : say('One prefix more.'),
      emergency: random.chance(0.8) ? null : say('The circuit is down.'),
    },
    stages: from.stages.map((stage) => ({
      ...stage,
      status: random.pick(['passed', 'failed', 'skipped', 'not_run'] as const),
      summary: say(stage.summary),
      details: many(random, large ? 40 : 3, () => say('a detail of the stage')),
    })),
    findings: many(random, large ? 200 : 6, (at) => ({
      rule: `rule-${at}`,
      priority: random.pick(['P0', 'P1', 'P2'] as const),
      severity: random.pick(['error', 'warning', 'information'] as const),
      device: say('r1'),
      file: say('configs/r1.cfg'),
      lines: { from: at + 1, to: at + 1 + between(random, 0, 9) },
      message: say('something is wrong here'),
      origin: random.pick(['introduced', 'pre_existing'] as const),
    })),
    suppressions: many(random, 3, (at) => ({
      rule: `rule-${at}`,
      priority: random.pick(['P0', 'P1', 'P2'] as const),
      device: say('r1'),
      file: say('configs/r1.cfg'),
      line: at + 2,
      comment: at + 1,
      message: say('something is wrong here'),
      reason: say('it is wanted'),
      origin: random.pick(['introduced', 'pre_existing'] as const),
    })),
    twin: optional(from.twin, 'The change was refused.'),
    stateDiff: optional(from.stateDiff, 'There are not two states.'),
    risk: optional(from.risk, 'Without a difference.'),
    authority: optional(from.authority, 'Without a tier.'),
    egress: optional(from.egress, 'Not watched.'),
    failures: random.chance(0.4)
      ? notRun('No failures were asked for.')
      : {
          status: 'checked',
          kind: random.pick(['link', 'node'] as const),
          scenarios: many(random, large ? 120 : 5, (at) => ({
            fails: say(`leaf${at}:eth1 - spine1:eth1`),
            engines: many(random, 2, () => 'simulator'),
            before: null,
            after: { sessionsLost: at, adjacenciesLost: 0, routesLost: at * 3, converged: true },
            worse: many(random, 3, () => say('a session is lost')),
          })),
        },
    probes: random.chance(0.5)
      ? notRun('The simulator sends no packets.')
      : {
          status: 'measured',
          method: say('ping in each namespace'),
          probes: many(random, large ? 80 : 5, (at) => ({
            kind: random.pick(['ping', 'traceroute'] as const),
            from: say('r1'),
            to: say(`10.0.${at}.1`),
            vrf: 'default',
            before: random.chance(0.2)
              ? null
              : { reached: random.chance(0.7), path: many(random, 4, () => say('10.0.0.1')) },
            after: random.chance(0.2)
              ? null
              : { reached: random.chance(0.7), path: many(random, 4, () => say('10.0.0.1')) },
          })),
        },
    rollout: random.chance(0.4)
      ? notRun('One device changes alone.')
      : {
          status: 'checked',
          lossless: random.chance(0.5),
          exhaustive: random.chance(0.5),
          statesComputed: between(random, 0, 40),
          executed: random.chance(0.5),
          steps: many(random, 5, () => ({
            device: say('r1'),
            measured: random.chance(0.5) ? null : many(random, 2, () => say('a route was missing')),
            computed: random.chance(0.8),
            stable: random.chance(0.9),
            lost: many(random, 3, () => say('a route is lost')),
          })),
        },
    reachability: random.chance(0.3)
      ? notRun('Reachability was not compared.')
      : {
          status: 'measured',
          method: say('every atom is followed'),
          compared: between(random, 0, 9999),
          changes: many(random, large ? 150 : 6, (at) => ({
            device: say('r1'),
            vrf: 'default',
            destination: say(`10.${at}.0.0/16`),
            flow: random.chance(0.7) ? null : 'tcp 443',
            kind: random.pick(['lost', 'gained', 'path_changed', 'changed'] as const),
            before: [
              { disposition: random.pick(['delivered', 'exits', 'no_route', 'denied'] as const), at: say('r2') },
            ],
            after: [
              { disposition: random.pick(['delivered', 'exits', 'null_routed', 'loop'] as const), at: say('r2') },
            ],
          })),
        },
    compliance: random.chance(0.2)
      ? notRun('The controls were not asked.')
      : {
          status: 'checked',
          devices: many(random, 5, () => say('r1')),
          rows: many(random, large ? 250 : 12, (at) => ({
            framework: random.pick(['DISA STIG', 'PCI DSS v4.0.1', 'A framework: of a site']),
            section: random.pick(['Router STIG', 'PCI DSS v4.0.1']),
            edition: random.chance(0.5) ? null : say('V3R3'),
            control: `C-${at}`,
            title: say('A control'),
            severity: random.pick([null, 'high', 'medium', 'low'] as const),
            status: random.pick(['pass', 'fail', 'not_tested', 'not_applicable'] as const),
            class: random.pick([
              'config-checked',
              'twin-tested',
              'process-attested',
              'post-deployment',
              'supports',
              'out-of-scope',
            ] as const),
            evidence: many(random, large ? 24 : 5, (line) => say(`r1, configs/r1.cfg:${line}: evidence`)),
          })),
          worsened: many(random, 2, () => ({
            device: say('r1'),
            title: say('A control'),
            evidence: many(random, 3, () => say('evidence')),
          })),
        },
    verdict: {
      value: verdict,
      reasons: [
        { code: 'a-reason', message: say('A reason.') },
        ...many(random, 12, () => ({ code: 'another', message: say('Another reason.') })),
      ],
    },
  };
}
