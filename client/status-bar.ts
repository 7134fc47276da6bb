import {
  type Disposable,
  l10n,
  MarkdownString,
  StatusBarAlignment,
  type StatusBarItem,
  type TextDocumentChangeEvent,
  ThemeColor,
  window,
  workspace,
} from 'vscode';
import type { LabsResult, VerdictEvent, VerdictValue } from '../server/protocol.ts';
import type { Server } from './server.ts';
import { sameUri } from './uris.ts';
import { verdictCodicon, verdictMeaning, verdictWord } from './verdict.ts';
import type { LabsView } from './views/labs-view.ts';

interface Look {
  /** A codicon and words: what the entry shows. */
  readonly icon: string;
  readonly words: string;
  readonly sentences: readonly string[];
  readonly alarming: boolean;
}

const nothing = (sentence: string): Look => ({ icon: '$(shield)', words: '', sentences: [sentence], alarming: false });

/** What the check on save may say: it sees less than a preflight, so it never says that a change is ready. */
const onSave: Readonly<Record<VerdictValue, string>> = {
  ship_ready: l10n.t('Preflight due'),
  needs_approval: l10n.t('Would need approval'),
  blocked: l10n.t('Would be blocked'),
};

function lookOf({ verdict, source, summary, changes }: VerdictEvent, isStale: boolean): Look {
  const word = verdictWord(verdict);
  if (isStale) {
    return {
      icon: '$(history)',
      words: l10n.t('Changed since the verdict'),
      sentences: [l10n.t('A configuration was edited after the last verdict, which was: {0}.', word)],
      alarming: false,
    };
  }
  if (source === 'preflight') {
    return {
      icon: verdictCodicon(verdict),
      words: word,
      sentences: [l10n.t('Last preflight: {0}. {1}', word, verdictMeaning(verdict)), summary],
      alarming: verdict === 'blocked',
    };
  }
  if (changes === 0)
    return nothing(l10n.t('The configurations are as the baseline has them: there is nothing to preflight.'));
  const sees = l10n.t('The check on save sees less than a preflight; only a preflight gives a verdict.');
  return {
    icon: verdict === 'ship_ready' ? '$(shield)' : verdictCodicon(verdict),
    words: onSave[verdict],
    sentences:
      verdict === 'ship_ready' ? [l10n.t('The check on save found nothing to object to.'), sees] : [summary, sees],
    alarming: verdict === 'blocked',
  };
}

/** One entry: the last verdict as words and a shape, for as long as it holds. A click preflights the change. */
export class StatusBar implements Disposable {
  readonly #item: StatusBarItem;
  readonly #subscriptions: readonly Disposable[];
  #labs: LabsResult = [];
  #last: VerdictEvent | undefined;
  #isStale = false;

  constructor(server: Server, labs: LabsView) {
    this.#item = window.createStatusBarItem('aegis.verdict', StatusBarAlignment.Left, 10);
    this.#item.name = l10n.t('AEGIS Verdict');
    this.#item.command = 'aegis.preflight';
    this.#draw(nothing(l10n.t('No change has been preflighted yet.')));
    this.#subscriptions = [
      this.#item,
      labs.onDidRead((found) => {
        this.#labs = found;
        if (found.length > 0) this.#item.show();
        else this.#item.hide();
      }),
      server.onVerdict((event) => this.#hear(event)),
      workspace.onDidChangeTextDocument((event) => this.#edited(event)),
    ];
  }

  #hear(event: VerdictEvent): void {
    const last = this.#last;
    // A file that is saved as it was preflighted takes nothing away from the preflight's verdict.
    const holds = last?.source === 'preflight' && last.lab === event.lab && !this.#isStale;
    if (event.source === 'save' && holds && event.verdict !== 'blocked') return;
    this.#last = event;
    this.#isStale = false;
    this.#draw(lookOf(event, false));
    this.#item.show();
  }

  #edited({ document, contentChanges }: TextDocumentChangeEvent): void {
    const last = this.#last;
    if (last === undefined || this.#isStale || contentChanges.length === 0) return;
    const lab = this.#labs.find(({ id }) => id === last.lab);
    const uri = document.uri.toString();
    if (lab === undefined || ![lab, ...lab.devices].some((part) => sameUri(part.uri, uri))) return;
    this.#isStale = true;
    this.#draw(lookOf(last, true));
  }

  #draw({ icon, words, sentences, alarming }: Look): void {
    const item = this.#item;
    item.text = `${icon} AEGIS${words === '' ? '' : `: ${words}`}`;
    item.backgroundColor = alarming ? new ThemeColor('statusBarItem.errorBackground') : undefined;
    item.tooltip = new MarkdownString();
    for (const sentence of [...sentences, l10n.t('Click to preflight the change.')])
      item.tooltip.appendText(`${sentence}\n\n`);
    item.accessibilityInformation = { label: ['AEGIS', words, ...sentences].join('. '), role: 'button' };
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
