import { l10n, window } from 'vscode';
import { type VerifyEvidenceParams, VerifyEvidenceRequest, type VerifyEvidenceResult } from '../../server/protocol.ts';
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
  const chosen = await choosePackage(services, argument, { purpose: l10n.t('Verify Evidence'), otherFolder: true });
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
  const name = toUri(folder).path.split('/').at(-1) ?? '';
  const failed = result.checks.filter(({ ok }) => !ok);
  const chosen = result.ok
    ? await window.showInformationMessage(
        l10n.t('The evidence {0} verifies: {1} checks passed.', name, result.checks.length),
        l10n.t('Show Checks'),
      )
    : await window.showErrorMessage(
        l10n.t('The evidence {0} does not verify: {1}', name, failed[0]?.detail ?? l10n.t('no check was run')),
        l10n.t('Show Checks'),
      );
  if (chosen === undefined) return;
  await services.pages.show(l10n.t('Verification of {0}', name), page(folder, result));
}

function page(folder: string, { ok, checks }: VerifyEvidenceResult): string {
  return [
    `# ${ok ? l10n.t('The evidence verifies') : l10n.t('The evidence does not verify')}`,
    l10n.t('Package: {0}', escaped(toUri(folder).fsPath)),
    table(
      [l10n.t('Check'), l10n.t('Result'), ''],
      checks.map((check) => [
        escaped(check.name),
        check.ok ? l10n.t('Passed') : `**${l10n.t('Failed')}**`,
        escaped(check.detail),
      ]),
    ),
    '',
  ].join('\n\n');
}
