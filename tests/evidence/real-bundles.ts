/** Bundles of real runs: the sample changes of the labs, through the whole pipeline on the simulator. */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EvidenceBundle } from '../../core/evidence/bundle.ts';
import { testKey } from '../../core/evidence/fixtures/sample-run.ts';
import { rememberingParser } from '../../core/network/load/remembering-parser.ts';
import { buildBundle } from '../../core/orchestrator/bundle.ts';
import { runPreflight } from '../../core/orchestrator/preflight.ts';
import { nodeFileReader } from '../../server/files/node-file-reader.ts';
import { changeRequest } from '../../server/preflight/change-request.ts';
import { preflightServices } from '../../server/preflight/services.ts';

const project = resolve(import.meta.dirname, '../..');

/** One bundle per sample change, those of the named labs only. */
export async function realBundles(labs: readonly string[]): Promise<readonly EvidenceBundle[]> {
  const key = testKey();
  const integrity = {
    namespace: 'preflight-evidence@v1',
    principal: key.principal,
    keyFingerprint: key.fingerprint,
  } as const;
  const parser = rememberingParser();
  const bundles: EvidenceBundle[] = [];
  for (const name of labs) {
    const lab = join(project, 'labs', name);
    for (const change of readdirSync(join(lab, 'changes'))) {
      const folder = join(lab, 'changes', change);
      const request = await changeRequest(
        lab,
        { kind: 'folder', folder },
        { reader: nodeFileReader, parse: parser, operator: 'test' },
      );
      const { run, verdict } = await runPreflight(request, preflightServices('lab', parser));
      bundles.push({ ...buildBundle(run, verdict).bundle, runId: `${name}-${change}`, integrity });
    }
  }
  return bundles;
}
