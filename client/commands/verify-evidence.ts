import { window } from 'vscode';
import { type VerifyEvidenceParams, VerifyEvidenceRequest, type VerifyEvidenceResult } from '../../server/protocol.ts';
import { plural } from '../counts.ts';
import type { Services } from '../services.ts';
import { userSetting } from '../settings.ts';
import { escaped, table } from '../text/markdown.ts';
import { toUri } from '../uris.ts';
import { textOf } from './argument.ts';
import { choosePackage } from './choose-run.ts';

/**
 * "AEGIS: Verify Evidence": checks a package against the trusted keys. Argument (all optional): `{ folder, trust }`.
 * @returns the checks, undefined when the user gave up
 */
export async function verifyEvidence(
  services: Services,
  argument?: unknown,
): Promise<VerifyEvidenceResult | undefined> {
  const chosen = await choosePackage(services, argument, { purpose: 'Verify Evidence', otherFolder: true });
  if (chosen === undefined) return undefined;
  const { folder } = chosen;
  const trust = textOf(argument, 'trust') ?? userSetting('trustedKeys');
  const parameters: VerifyEvidenceParams = { folder, ...(trust === '' ? {} : { trust }) };
  const result = await services.server.request<VerifyEvidenceResult>(VerifyEvidenceRequest, parameters);
  services.evidence.showChecked(folder, result.ok);
  void tell(services, folder, result);
  return result;
}

async function tell(services: Services, folder: string, result: VerifyEvidenceResult): Promise<void> {
  const name = toUri(folder).path.split('/').at(-1);
  const failed = result.checks.filter(({ ok }) => !ok);
  const chosen = result.ok
    ? await window.showInformationMessage(
        `The evidence ${name} verifies: ${plural(result.checks.length, 'check', 'checks')} passed.`,
        'Show Checks',
      )
    : await window.showErrorMessage(
        `The evidence ${name} does not verify: ${failed[0]?.detail ?? 'no check was run'}`,
        'Show Checks',
      );
  if (chosen === undefined) return;
  await services.pages.show(`Verification of ${name}`, page(folder, result));
}

function page(folder: string, { ok, checks }: VerifyEvidenceResult): string {
  return [
    `# ${ok ? 'The evidence verifies' : 'The evidence does not verify'}`,
    `Package: ${escaped(toUri(folder).fsPath)}`,
    table(
      ['Check', 'Result', ''],
      checks.map((check) => [escaped(check.name), check.ok ? 'Passed' : '**Failed**', escaped(check.detail)]),
    ),
    '',
  ].join('\n\n');
}
