import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { internalErrorId } from '../../core/guard/documentation.ts';
import { lintSnapshot } from '../../core/guard/engine.ts';
import { loadSnapshot } from '../../core/network/load/load-snapshot.ts';
import { nodeFileReader } from '../../server/files/node-file-reader.ts';
import { sharedFolder } from '../support/shared.ts';

const load = (lab: string) => loadSnapshot(lab, { reader: nodeFileReader });

const ours = fileURLToPath(new URL('../../labs', import.meta.url));

/** The labs are configured as a careful operator would have them: nothing in them blocks or warns. */
test.each(readdirSync(ours))('the lab %s is free of findings that block or warn', async (lab) => {
  const findings = lintSnapshot(await load(join(ours, lab)));
  expect(findings.filter(({ priority }) => priority !== 'P2')).toEqual([]);
});

const realnets = sharedFolder('realnets');

/** What only a change can bring about, or what no device would have kept, is not found in captured configurations. */
const changesOnly = [
  'trunk-vlans-replaced',
  'trunk-opened-to-all-vlans',
  'policy-removed',
  'policy-match-removed',
  'management-lockout',
  'routing-process-removed',
  'aggregate-or-default-removed',
  'operational-command',
  'control-character',
  'text-encoding',
];

describe.skipIf(realnets === null)('real networks (needs ../shared/realnets)', () => {
  const labs = realnets ? readdirSync(join(realnets, 'labs')) : [];

  test.each(labs)('%s', async (lab) => {
    const snapshot = await load(join(realnets ?? '', 'labs', lab));
    const findings = lintSnapshot(snapshot, { before: snapshot });
    expect(findings.filter(({ rule }) => rule === internalErrorId)).toEqual([]);
    expect(
      findings.filter(({ introduced }) => introduced),
      'a lab that does not change',
    ).toEqual([]);
    const impossible = findings.filter(({ rule }) => changesOnly.includes(rule));
    expect(impossible.map(({ node, span, message }) => `${node}:${span.line + 1} ${message}`)).toEqual([]);
  });
});
