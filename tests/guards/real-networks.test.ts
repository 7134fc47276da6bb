import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../core/config/parse.ts';
import { internalErrorId } from '../../core/guard/documentation.ts';
import { lintSnapshot } from '../../core/guard/engine.ts';
import type { Finding } from '../../core/guard/rule.ts';
import { loadSnapshot } from '../../core/network/load/load-snapshot.ts';
import type { Snapshot, SnapshotNode } from '../../core/network/snapshot.ts';
import { nodeFileReader } from '../../server/files/node-file-reader.ts';
import { sharedFolder } from '../support/shared.ts';

const load = (lab: string) => loadSnapshot(lab, { reader: nodeFileReader });

const ours = fileURLToPath(new URL('../../labs', import.meta.url));

/** The labs are configured as a careful operator would have them: nothing in them blocks or warns. */
test.each(readdirSync(ours))('the lab %s is free of findings that block or warn', async (lab) => {
  const findings = lintSnapshot(await load(join(ours, lab)));
  expect(findings.filter(({ priority }) => priority !== 'P2')).toEqual([]);
});

const commented: ReadonlySet<string> = new Set(['ios', 'eos', 'frr']);

/** The same lab with every line moved down by two comments. */
function moved(snapshot: Snapshot): Snapshot {
  const nodes = [...snapshot.nodes].map(([name, node]): [string, SnapshotNode] => {
    const { dialect, file, text, device } = node.config;
    // A device that is read from several files is not made anew from one of them.
    const isOneFile = [...device.interfaces.values()].every(({ span }) => span.file === undefined);
    if (!commented.has(dialect) || !isOneFile) return [name, node];
    return [name, { ...node, config: parseConfig({ text: `! one\n! two\n${text}`, file, node: name, dialect }) }];
  });
  return { ...snapshot, nodes: new Map(nodes) };
}

const introduced = (findings: readonly Finding[]): string[] =>
  findings
    .filter((finding) => finding.introduced)
    .map(({ node, span, rule, message }) => `${node}:${span.line + 1} ${rule} ${message}`);

test.each(readdirSync(ours))('in the lab %s a moved line is not a new finding', async (lab) => {
  const snapshot = await load(join(ours, lab));
  expect(introduced(lintSnapshot(moved(snapshot), { before: snapshot }))).toEqual([]);
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
    expect(introduced(findings), 'a lab that does not change').toEqual([]);
    const shifted = lintSnapshot(moved(snapshot), { before: snapshot });
    expect(introduced(shifted), 'a lab whose lines move').toEqual([]);
    const impossible = findings.filter(({ rule }) => changesOnly.includes(rule));
    expect(impossible.map(({ node, span, message }) => `${node}:${span.line + 1} ${message}`)).toEqual([]);
  });
});
