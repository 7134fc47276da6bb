import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyLedger } from '../evidence/ledger/verify-ledger.ts';
import { readLedger } from '../evidence/ledger-store.ts';
import { UNLISTED_FILES } from '../evidence/package/layout.ts';
import { writeSums } from '../evidence/seal/sha256sums.ts';
import { signMessage } from '../evidence/seal/sshsig.ts';
import { pair } from '../orchestrator/fixtures/lab.ts';
import {
  ALLOWED,
  CHANGES,
  keys,
  NOW,
  POLICY,
  policyOf,
  pretendedConnector,
  type SampleSite,
  sampleSite,
} from './fixtures/site.ts';
import { normalisedName } from './person.ts';
import type { PromotionInput } from './promote.ts';
import type { PromotionRecord } from './record.ts';

let root: string;
let medium: SampleSite;
let low: SampleSite;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'aegis-gate-'));
  medium = await sampleSite(join(root, 'medium'));
  low = await sampleSite(join(root, 'low'), { texts: { r1: CHANGES.low } });
}, 60_000);
afterAll(() => rm(root, { recursive: true, force: true }));

const against = ({ decision }: PromotionRecord): readonly string[] =>
  decision.answers.filter(({ answer }) => answer === 'deny').map(({ id }) => id);
const told = ({ decision }: PromotionRecord): string =>
  decision.answers.flatMap(({ inputs, reasons }) => [...reasons, ...inputs]).join('\n');
const withFiles = (
  site: SampleSite,
  ...added: readonly (readonly [string, Uint8Array])[]
): Partial<PromotionInput> => ({
  contents: { files: new Map([...site.files, ...added]), problems: [] },
});

describe('what may go', () => {
  test('a change of low risk without an approval, as a dry run that says what would be done', async () => {
    expect(low.bundle.verdict.value).toBe('ship_ready');
    const record = await low.promote();
    expect(told(record)).toContain('tier low: 0 needed');
    expect(record).toMatchObject({ outcome: 'planned', decision: { allowed: true } });
    expect(record.devices.flatMap(({ steps }) => steps.map(({ status }) => status))).not.toContain('done');
  });

  test('a change of medium risk with one valid approval, and not without it', async () => {
    expect(medium.bundle.verdict.value).toBe('needs_approval');
    expect(against(await medium.promote())).toEqual(['G3-approvals']);
    expect((await medium.promote(withFiles(medium, medium.approval()))).outcome).toBe('planned');
  });

  test('every rule gives its inputs, in the record and in the ledger', async () => {
    const record = await medium.promote();
    for (const { id, inputs } of record.decision.answers) expect(inputs.length, id).toBeGreaterThan(0);
    const files = await readLedger(medium.folder);
    const { records } = verifyLedger(files as NonNullable<typeof files>, { allowedSigners: ALLOWED });
    expect(records.at(-1)).toMatchObject({ type: 'deny', run: medium.bundle.runId, actor: 'Erik Executor' });
    expect(records.at(-1)?.digests.record).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('approvals that do not count', () => {
  const other = 'f'.repeat(64);
  test.each([
    ['token_for_another_bundle', { bundle: other }, 'another bundle'],
    ['token_for_other_configurations', { configs: other }, 'another set of configurations'],
    ['token_for_another_inventory', { inventory: other }, 'another inventory'],
    ['token_for_another_policy', { policy: other }, 'another policy'],
    ['token_for_another_run', { runId: 'run-0' }, 'another run'],
    ['expired', { expires: '2026-01-31T09:59:00Z' }, 'it expired'],
    ['not_valid_yet', { notBefore: '2026-01-31T10:01:00Z' }, 'not valid before'],
    ['role_that_the_approver_does_not_have', { role: 'board' }, 'does not have the role'],
    ['in_the_name_of_somebody_else', { approver: 'Bob Example' }, "is Alice Example's"],
  ])('%s', async (_name, change, reason) => {
    const record = await medium.promote(withFiles(medium, medium.approval(change)));
    expect(against(record)).toEqual(['G3-approvals']);
    expect(told(record)).toContain(reason);
  });

  test.each([
    ['author_by_case', { author: 'ALICE EXAMPLE' }],
    ['author_by_order_and_separators', { author: 'Example, Alice' }],
    ['author_by_width', { author: 'Ａｌｉｃｅ Example' }],
    ['author_by_cyrillic_letters', { author: 'Аliсе Ехаmрlе' }],
    ['author_by_accents_and_zero_width', { author: 'A\u200bl\u0301ice Example' }],
  ])('approver_is_%s', async (name, { author }) => {
    const record = { ticket: null, reason: null, author, window: null, expectedOutcome: null, emergency: null };
    const site = await sampleSite(join(root, name), {
      alter: (bundle) => ({ ...bundle, request: { ...record, author: author.replace('\u200b', '') } }),
    });
    const denied = await site.promote(withFiles(site, site.approval()));
    expect(against(denied)).toEqual(['G3-approvals']);
    expect(told(denied)).toContain('is also the author');
    expect(normalisedName(author)).toBe(normalisedName('Alice Example'));
    expect((await site.promote(withFiles(site, site.approval({ approver: 'Bob Example' }, keys.bob)))).outcome).toBe(
      'planned',
    );
  });

  test('approver_is_executor, approver_is_operator', async () => {
    const byAlice = await medium.promote({ ...withFiles(medium, medium.approval()), executor: 'alice  example' });
    expect(told(byAlice)).toContain('is also the one who promotes');
    expect(against(byAlice)).toEqual(['G3-approvals']);
    const site = await sampleSite(join(root, 'operator'), { request: { operator: 'Alice EXAMPLE' } });
    expect(told(await site.promote(withFiles(site, site.approval())))).toContain('operator of the preflight');
  });

  test('same_keyid_other_key, key_that_no_policy_names, approver_key_that_sealed, approver_key_that_is_revoked', async () => {
    const [path, bytes] = medium.approval({}, keys.mallory);
    const forged = new TextDecoder().decode(bytes).replace(keys.mallory.fingerprint, keys.alice.fingerprint);
    for (const text of [forged, new TextDecoder().decode(bytes)])
      expect(against(await medium.promote(withFiles(medium, [path, new TextEncoder().encode(text)])))).toEqual([
        'G3-approvals',
      ]);
    const sealing = await medium.promote({
      ...withFiles(medium, medium.approval()),
      siteKeys: [keys.alice.fingerprint],
    });
    expect(told(sealing)).toContain('also the one that sealed');
    const revokedKeys = `ssh-ed25519 ${Buffer.from(keys.alice.publicKeyBlob).toString('base64')}\n`;
    const revoked = await medium.promote({
      ...withFiles(medium, medium.approval()),
      trust: { allowedSigners: ALLOWED, revokedKeys, principal: null, now: NOW },
    });
    expect(told(revoked)).toContain('the key is revoked');
  });

  test('one_person_twice and one_key_twice count once; high risk needs two people', async () => {
    const strict = POLICY.replace('medium: 1', 'medium: 2');
    const site = await sampleSite(join(root, 'two'), { policy: strict });
    expect(against(await site.promote(withFiles(site, site.approval(), site.approval({ role: 'security' }))))).toEqual([
      'G3-approvals',
    ]);
    const both = [site.approval(), site.approval({ approver: 'Bob Example' }, keys.bob)] as const;
    expect((await site.promote(withFiles(site, ...both))).outcome).toBe('planned');
  });

  test('payload_type_swapped, no_signature, alg_none, two_signatures', async () => {
    const [path, bytes] = medium.approval();
    const text = new TextDecoder().decode(bytes);
    const envelope = JSON.parse(text) as { signatures: { sig: string; keyid: string }[] };
    const twice = JSON.stringify({ ...envelope, signatures: [envelope.signatures[0], envelope.signatures[0]] });
    for (const changed of [
      text.replace('vnd.aegis.approval.v1', 'vnd.in-toto'),
      text.replace(/"signatures":\[.*?\]/, '"signatures":[]'),
      text.replace(/"sig":"[^"]*"/, '"sig":"none"'),
      text.replace(/"sig":"[^"]*"/, '"sig":""'),
      twice,
      'none',
    ]) {
      expect(changed).not.toBe(text);
      const record = await medium.promote(withFiles(medium, [path, new TextEncoder().encode(changed)]));
      expect(against(record)).toEqual(['G3-approvals']);
    }
  });

  test('rejected: by a file, and by the ledger when the file is removed', async () => {
    const site = await sampleSite(join(root, 'rejected'));
    const good = site.approval({ approver: 'Bob Example' }, keys.bob);
    const rejection = site.approval({ decision: 'reject' });
    expect(told(await site.promote(withFiles(site, good, rejection)))).toContain('Alice Example rejected');
    expect((await site.promote(withFiles(site, good))).outcome).toBe('planned');
    const digest = site.bundle && (await readLedger(site.folder));
    const bundle =
      verifyLedger(digest as NonNullable<typeof digest>, { allowedSigners: ALLOWED }).records[0]?.digests.bundle ?? '';
    await site.ledger.append({
      type: 'deny',
      actor: 'Alice Example',
      run: site.bundle.runId,
      digests: { bundle, approval: 'a'.repeat(64) },
      nonces: [],
      note: 'Rejected.',
    });
    expect(told(await site.promote(withFiles(site, good)))).toContain('rejected the change, by the ledger');
  });
});

describe('live promotions', () => {
  const live = (site: SampleSite, outcome?: 'changed' | 'rolled_back', drift?: 'same' | 'drifted') => {
    const { connector, pushed } = pretendedConnector(outcome, drift);
    return { services: { connector }, pushed, approved: withFiles(site, site.approval()) };
  };

  test('complete, and replay: an approval is used up by it', async () => {
    const site = await sampleSite(join(root, 'live'));
    const { services, pushed, approved } = live(site);
    expect((await site.promote(approved, services)).outcome).toBe('complete');
    const again = await site.promote(approved, services);
    expect(told(again)).toContain('it was used before');
    expect(again.outcome).toBe('denied');
    expect(pushed).toEqual(['r1']);
    // A ledger that was read before the first use does not help: the nonce is taken when the push begins.
    const other = await sampleSite(join(root, 'replay'));
    const first = live(other);
    const stale = await readLedger(other.folder);
    expect((await other.promote(first.approved, first.services)).outcome).toBe('complete');
    const replayed = await other.promote({ ...first.approved, ledger: stale }, first.services);
    expect(replayed.outcome).toBe('denied');
    expect(told(replayed)).toContain('used before');
    expect(first.pushed).toEqual(['r1']);
  });

  test('running_configuration_drifted', async () => {
    const { services, pushed, approved } = live(medium, 'changed', 'drifted');
    const record = await medium.promote(approved, services);
    expect(against(record)).toEqual(['drift']);
    expect(pushed).toEqual([]);
  });

  test('no_opt_in_by_the_policy, device_without_a_target', async () => {
    for (const [name, policy, reason] of [
      ['not-live', POLICY.replace('live: true', 'live: false'), 'does not allow live'],
      ['no-target', POLICY.replace('    r1:', '    r9:'), 'no way to reach r1'],
    ] as const) {
      const site = await sampleSite(join(root, name), { policy });
      const { services, pushed, approved } = live(site);
      const record = await site.promote(approved, services);
      expect(against(record)).toContain('G4-live');
      expect(told(record)).toContain(reason);
      expect(pushed).toEqual([]);
    }
  });

  test('partial_push_then_retry: stops at the first failure, records it, and the approval is gone', async () => {
    const lab = pair();
    const removed = { r1: CHANGES.medium, r2: `${lab.configs.r2}access-list OFFICE seq 5 permit 10.1.0.0/24\n` };
    const policy = POLICY.replace(
      '    r1:',
      `    r2: { address: "ssh://root@127.0.0.1:22", system: frr, hostKeys: [ssh-ed25519 ${Buffer.from(keys.seal.publicKeyBlob).toString('base64')}] }\n    r1:`,
    );
    const site = await sampleSite(join(root, 'partial'), { texts: removed, policy });
    const two = withFiles(site, site.approval(), site.approval({ approver: 'Bob Example' }, keys.bob));
    const { services, pushed } = live(site, 'rolled_back');
    const record = await site.promote(two, services);
    expect(record).toMatchObject({ outcome: 'partial' });
    expect(pushed.length).toBe(2);
    const retry = await site.promote(two, services);
    expect(against(retry)).toContain('G3-approvals');
    expect(pushed.length).toBe(2);
  });
});

describe('evidence and ledger', () => {
  test('clock_moved: a package from the future, and one that is too old', async () => {
    for (const [time, reason] of [
      ['2026-01-31T09:00:00Z', 'from the future'],
      ['2026-02-02T09:30:00Z', 'hours old'],
    ] as const) {
      const record = await medium.promote(
        withFiles(medium, medium.approval({ notBefore: '2026-01-01T00:00:00Z', expires: '2026-03-01T00:00:00Z' })),
        {
          now: () => new Date(time).toISOString(),
        },
      );
      expect(told(record)).toContain(reason);
      expect(against(record)).toEqual(['G2-verdict']);
    }
  });

  test('outside_of_its_window', async () => {
    const window = { from: '2026-02-01T00:00:00Z', to: '2026-02-01T04:00:00Z' };
    const request = { ticket: null, reason: null, author: null, window, expectedOutcome: null, emergency: null };
    const site = await sampleSite(join(root, 'window'), { alter: (bundle) => ({ ...bundle, request }) });
    expect(against(await site.promote(withFiles(site, site.approval())))).toEqual(['G2-window']);
  });

  test('no_ledger, tail_cut, line_removed, other_ledger, not_recorded', async () => {
    const good = withFiles(medium, medium.approval());
    const files = await readLedger(medium.folder);
    const { ledger, checkpoint } = files as NonNullable<typeof files>;
    const lines = new TextDecoder().decode(ledger).split('\n').slice(0, -1);
    const other = await readLedger(low.folder);
    const text = (kept: readonly string[]) => ({
      checkpoint,
      ledger: new TextEncoder().encode(kept.map((line) => `${line}\n`).join('')),
    });
    for (const changed of [
      null,
      text(lines.slice(0, -1)),
      text(lines.slice(1)),
      text([...lines, lines[0] ?? '']),
      other,
      { ledger, checkpoint: null },
    ])
      expect(against(await medium.promote({ ...good, ledger: changed }))).toContain('G1-ledger');
    const copied = await medium.promote({ ...good, copiedHeads: [other?.checkpoint ?? ''] });
    expect(against(copied)).toContain('G1-ledger');
  });

  test('blocked_verdict is never promoted', async () => {
    const lab = pair('router bgp 65001\n');
    const site = await sampleSite(join(root, 'blocked'), {
      lab,
      texts: { r1: `${lab.configs.r1}`.replace('router bgp 65001', 'router bgp 65009') },
    });
    expect(site.bundle.verdict.value).toBe('blocked');
    const record = await site.promote(withFiles(site, site.approval()));
    expect(against(record)).toEqual(expect.arrayContaining(['G2-verdict', 'G5-authority']));
  });

  test('as_change_abbreviated: the classifier reads the model, not the words', async () => {
    const lab = pair('router bgp 65001\n');
    const r1 = `${lab.configs.r1}`;
    for (const spelling of ['rou bg 65000', 'router bg 65000', 'rout  bgp   65000']) {
      const site = await sampleSite(join(root, spelling.replace(/\s/g, '-')), {
        lab,
        texts: { r1: r1.replace('router bgp 65001', spelling) },
      });
      const record = await site.promote(withFiles(site, site.approval()));
      expect(record.outcome, spelling).toBe('denied');
      expect(site.bundle.verdict.value, spelling).toBe('blocked');
    }
  });

  describe('lowered and signed again, even by the trusted key', () => {
    test.each([
      ['tier_lowered', { 'risk.tier': 'low' }],
      ['authority_lowered', { 'authority.required': 'AUTO' }],
      ['ceiling_raised', { 'authority.ceiling': 'HOTL' }],
    ])('%s', async (name, change) => {
      const site = await sampleSite(join(root, name), { alter: (bundle) => altered(bundle, change) });
      const record = await site.promote(
        withFiles(site, site.approval(), site.approval({ approver: 'Bob Example' }, keys.bob)),
      );
      expect(against(record)).toEqual(['G5-authority']);
    });
  });

  test.each([
    ['unknown_verdict', '"value":"needs_approval"', '"value":"approved"'],
    ['unknown_tier', '"tier":"medium"', '"tier":"tiny"'],
    ['unknown_version', '"bundleVersion":1', '"bundleVersion":2'],
    ['float', '"bundleVersion":1', '"bundleVersion":1e400'],
    ['unsafe_integer', '"bundleVersion":1', '"bundleVersion":9007199254740993'],
    ['negative_zero', '"rounds":', '"rounds":-0,"x":'],
    ['duplicate_key', '{"', '{"runId":"run-x","runId":"run-y","'],
    ['lone_surrogate', '"operator":"', '"operator":"\\ud800'],
  ])('%s is denied even when it is signed', async (_name, from, to) => {
    const files = new Map(medium.files);
    const text = new TextDecoder().decode(files.get('bundle.json'));
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    files.set('bundle.json', new TextEncoder().encode(changed));
    const sums = new TextEncoder().encode(
      writeSums(new Map([...files].filter(([path]) => !UNLISTED_FILES.includes(path)))),
    );
    files.set('SHA256SUMS', sums);
    files.set('SHA256SUMS.sig', new TextEncoder().encode(signMessage(sums, 'preflight-evidence@v1', keys.seal)));
    const record = await medium.promote({ contents: { files, problems: [] } });
    expect(against(record)).toEqual(['G1-integrity']);
  });

  test('removing anything from the package never turns a denial into a permission', async () => {
    for (const path of medium.files.keys()) {
      const files = new Map([...medium.files, medium.approval()]);
      files.delete(path);
      expect((await medium.promote({ contents: { files, problems: [] } })).outcome, path).toBe('denied');
    }
  });
});

describe('policies', () => {
  test.each([
    ['ceiling_raised_and_not_signed_again', policyOf(POLICY.replace('ceiling: AUTO', 'ceiling: HOTL'), null)],
    ['signed_by_somebody_else', policyOf(POLICY, keys.mallory)],
    ['another_policy_than_at_the_preflight', policyOf(POLICY.replace('maxAgeHours: 24', 'maxAgeHours: 48'))],
    ['absent', { status: 'absent' } as const],
  ])('%s', async (_name, policy) => {
    const record = await medium.promote({ ...withFiles(medium, medium.approval()), policy });
    expect(against(record)).toContain('G5-policy');
    expect(record.outcome).toBe('denied');
  });

  test('a stricter ceiling makes a person approve what could have shipped by itself', async () => {
    const site = await sampleSite(join(root, 'ceiling'), {
      texts: { r1: CHANGES.low },
      policy: POLICY.replace('ceiling: AUTO', 'ceiling: HITL'),
    });
    expect(site.bundle.verdict.value).toBe('needs_approval');
    expect(against(await site.promote())).toEqual(['G3-approvals']);
    expect((await site.promote(withFiles(site, site.approval()))).outcome).toBe('planned');
  });
});

function altered<T extends object>(bundle: T, change: Readonly<Record<string, unknown>>): T {
  const copy = structuredClone(bundle) as Record<string, Record<string, unknown>>;
  for (const [path, value] of Object.entries(change)) {
    const [part = '', name = ''] = path.split('.');
    (copy[part] as Record<string, unknown>)[name] = value;
  }
  const { risk, authority } = copy as {
    risk?: { tier?: string; rules?: { tier: string; applies: boolean }[] };
    authority?: { required?: string; ceiling?: string | null; effective?: string };
  };
  // What else must be changed so that the bundle does not contradict itself.
  if (risk?.rules && 'risk.tier' in change) for (const rule of risk.rules) rule.applies = false;
  const order = ['AUTO', 'HOTL', 'HITL', 'BLOCK'];
  if (authority)
    authority.effective =
      order[Math.max(order.indexOf(authority.required ?? ''), order.indexOf(authority.ceiling ?? 'AUTO'))] ?? 'BLOCK';
  return copy as unknown as T;
}
