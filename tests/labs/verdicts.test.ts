// Every sample change of every lab has the verdict that its change.yml expects.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { rememberingParser } from '../../core/network/load/remembering-parser.ts';
import { runPreflight } from '../../core/orchestrator/preflight.ts';
import { nodeFileReader } from '../../server/files/node-file-reader.ts';
import { changeRequest } from '../../server/preflight/change-request.ts';
import { preflightServices } from '../../server/preflight/services.ts';

const project = resolve(import.meta.dirname, '../..');
const labs = readdirSync(join(project, 'labs')).map((name) => join(project, 'labs', name));
const changes = labs.flatMap((lab) =>
  readdirSync(join(lab, 'changes')).map((name) => ({ lab, folder: join(lab, 'changes', name) })),
);

interface Expected {
  readonly title: string;
  readonly intent: string;
  readonly expect: string;
  readonly because: string;
}

const parser = rememberingParser();

describe('the sample changes', () => {
  it.each(changes.map(({ lab, folder }) => [relative(project, folder), lab, folder] as const))(
    '%s',
    async (_, lab, folder) => {
      const wanted = parse(readFileSync(join(folder, 'change.yml'), 'utf8')) as Expected;
      const request = await changeRequest(
        lab,
        { kind: 'folder', folder },
        { reader: nodeFileReader, parse: parser, operator: 'test' },
      );
      expect({ title: request.title, intent: request.intent }).toEqual({ title: wanted.title, intent: wanted.intent });
      const { verdict } = await runPreflight(request, preflightServices('lab', parser));
      expect({ value: verdict.value, because: wanted.because, reasons: verdict.reasons }).toMatchObject({
        value: wanted.expect,
      });
    },
  );

  it('cover every verdict', () => {
    const values = changes.map(
      ({ folder }) => (parse(readFileSync(join(folder, 'change.yml'), 'utf8')) as Expected).expect,
    );
    expect([...new Set(values)].sort()).toEqual(['blocked', 'needs_approval', 'ship_ready']);
  });
});
