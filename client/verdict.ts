import { l10n, ThemeColor, ThemeIcon } from 'vscode';
import type { VerdictValue } from '../server/protocol.ts';

interface Look {
  readonly word: string;
  readonly meaning: string;
  /** A codicon, whose shape tells the verdicts apart without their colours. */
  readonly icon: string;
  readonly color: string;
}

const looks: Readonly<Record<VerdictValue, Look>> = {
  ship_ready: {
    word: l10n.t('Ship ready'),
    meaning: l10n.t('Every test that the run requires was run and passed.'),
    icon: 'pass',
    color: 'testing.iconPassed',
  },
  needs_approval: {
    word: l10n.t('Needs approval'),
    meaning: l10n.t('Nothing blocks the change, but a person must approve it before it may ship.'),
    icon: 'warning',
    color: 'list.warningForeground',
  },
  blocked: {
    word: l10n.t('Blocked'),
    meaning: l10n.t('The change must not ship as it is.'),
    icon: 'error',
    color: 'list.errorForeground',
  },
};

export const verdictWord = (verdict: VerdictValue): string => looks[verdict].word;
export const verdictMeaning = (verdict: VerdictValue): string => looks[verdict].meaning;
/** For labels, as `$(name)`. */
export const verdictCodicon = (verdict: VerdictValue): string => `$(${looks[verdict].icon})`;
/** For tree items. */
export const verdictIcon = (verdict: VerdictValue): ThemeIcon =>
  new ThemeIcon(looks[verdict].icon, new ThemeColor(looks[verdict].color));
