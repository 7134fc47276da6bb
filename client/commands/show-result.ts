import { l10n } from 'vscode';
import type { EvidenceRun } from '../../server/protocol.ts';
import type { Services } from '../services.ts';
import { choosePackage } from './choose-run.ts';

/**
 * "AEGIS: Show Preflight Result": the verdict, its reasons, what each part found and every stage, as the evidence states
 * them. Argument (optional): `{ folder }` of the package.
 * @returns the run that is shown, undefined when the user gave up
 */
export async function showResult(services: Services, argument?: unknown): Promise<EvidenceRun | undefined> {
  const chosen = await choosePackage(services, argument, {
    purpose: l10n.t('Show Preflight Result'),
    otherFolder: false,
  });
  if (chosen === undefined) return undefined;
  const { run } = chosen;
  if (run === undefined) throw new Error(l10n.t('{0} is not among the evidence of this folder.', chosen.folder));
  if (run.problem !== undefined)
    throw new Error(l10n.t('The evidence {0} cannot be read: {1}', run.runId, run.problem));
  services.preflightPage.result(run, services.evidence.reasonsOf(run));
  return run;
}
