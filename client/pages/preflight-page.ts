import { randomBytes } from 'node:crypto';
import { commands, type Disposable, env, l10n, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { EvidenceRun, PreflightReason, StageEvent } from '../../server/protocol.ts';
import { contentPolicy, html, pageLanguage } from '../text/html.ts';
import { toUri } from '../uris.ts';
import { runTime } from '../views/evidence-view.ts';
import { type Button, resultHtml, runningHtml, STYLE, type StageRow } from './preflight-html.ts';

/** What a button of the page does. */
type Action = () => unknown;

interface Content {
  readonly title: string;
  readonly html: string;
  readonly actions: Readonly<Record<string, Action>>;
  readonly reasons: readonly PreflightReason[];
}

/** The page of a preflight: the strip of steps while it runs, and then what it found. There is one. */
export class PreflightPage implements Disposable {
  readonly #script: Uri;
  #panel: WebviewPanel | undefined;
  #content: Content | undefined;

  constructor(extension: Uri) {
    this.#script = Uri.joinPath(extension, 'client', 'media', 'preflight.js');
  }

  /** Shows a preflight that begins; the function that it gives draws each event of its stages. */
  begin(lab: string, cancel: Action): (event: StageEvent) => void {
    const rows: StageRow[] = [];
    const draw = (): void => {
      const buttons: readonly Button[] = [{ command: 'cancel', title: l10n.t('Cancel') }];
      const content = runningHtml(lab, rows, buttons);
      this.#show({ title: l10n.t('Preflight of {0}', lab), html: content, actions: { cancel }, reasons: [] }, true);
    };
    draw();
    return ({ index, total, title, status, summary = '' }) => {
      while (rows.length < total)
        rows.push({ title: l10n.t('Step {0}', rows.length + 1), status: 'waiting', summary: '' });
      rows[index] = { title, status, summary };
      draw();
    };
  }

  /** Shows what a run found. */
  result(run: EvidenceRun, reasons: readonly PreflightReason[]): void {
    const { folder } = run;
    const own = (command: string) => (): unknown => commands.executeCommand(command, { folder });
    const actions: Record<string, { readonly title: string; readonly run: Action }> = {
      diff: {
        title: l10n.t('Show State Diff'),
        run: () => commands.executeCommand('aegis.showStateDiff', { lab: run.lab }),
      },
      topology: {
        title: l10n.t('Show Topology'),
        run: () => commands.executeCommand('aegis.showTopology', { lab: run.lab }),
      },
      report: { title: l10n.t('Open Report'), run: own('aegis.openReport') },
      verify: { title: l10n.t('Verify Evidence'), run: own('aegis.verifyEvidence') },
      export: { title: l10n.t('Export Evidence'), run: own('aegis.exportEvidence') },
      ...(run.verdict === 'blocked'
        ? {}
        : { approve: { title: l10n.t('Copy Approval Command'), run: () => copyApproval(run) } }),
    };
    const buttons = Object.entries(actions).map(([command, { title }]) => ({ command, title }));
    this.#show(
      {
        title: l10n.t('Preflight of {0}', run.lab || run.runId),
        html: resultHtml(run, reasons, runTime(run.createdAt), buttons),
        actions: Object.fromEntries(Object.entries(actions).map(([command, { run: action }]) => [command, action])),
        reasons,
      },
      false,
    );
  }

  /** A preflight that was given up has nothing to show. */
  abandon(): void {
    this.#panel?.dispose();
  }

  #show(content: Content, keepFocus: boolean): void {
    this.#content = content;
    if (!this.#panel) {
      const panel = window.createWebviewPanel(
        'aegis.preflight',
        content.title,
        { viewColumn: ViewColumn.Active, preserveFocus: keepFocus },
        { enableScripts: true, localResourceRoots: [Uri.joinPath(this.#script, '..')], retainContextWhenHidden: false },
      );
      this.#panel = panel;
      panel.onDidDispose(() => {
        this.#panel = undefined;
      });
      panel.webview.onDidReceiveMessage((message: unknown) => void this.#hear(message));
      const nonce = randomBytes(16).toString('base64url');
      const script = panel.webview.asWebviewUri(this.#script).toString();
      panel.webview.html = `<!DOCTYPE html><html lang="${pageLanguage()}"><head><meta charset="utf-8">${contentPolicy(nonce)}<title>${html(content.title)}</title><style nonce="${nonce}">${STYLE}</style></head><body><main>${content.html}</main><script nonce="${nonce}" src="${html(script)}"></script></body></html>`;
      return;
    }
    this.#panel.title = content.title;
    if (!keepFocus) this.#panel.reveal(undefined, true);
    void this.#panel.webview.postMessage({ html: content.html });
  }

  async #hear(message: unknown): Promise<void> {
    const content = this.#content;
    if (!content || typeof message !== 'object' || message === null) return;
    // The page has just been loaded: what came in the meantime is sent again.
    if ('ready' in message) await this.#panel?.webview.postMessage({ html: content.html });
    if ('command' in message && typeof message.command === 'string') await content.actions[message.command]?.();
    const reason =
      'reason' in message && typeof message.reason === 'number' ? content.reasons[message.reason] : undefined;
    if (reason?.uri === undefined) return;
    const line = (reason.range?.start.line ?? 0) + 1;
    await commands.executeCommand('vscode.open', toUri(reason.uri).with({ fragment: `L${line}` }), ViewColumn.One);
  }

  dispose(): void {
    this.#panel?.dispose();
  }
}

/** An approval is signed with the approver's own key, which no editor of the author's may hold: it is made elsewhere. */
async function copyApproval({ folder }: EvidenceRun): Promise<void> {
  await env.clipboard.writeText(`aegis approve "${toUri(folder).fsPath}" --key <approver's key>`);
  void window.showInformationMessage(
    l10n.t(
      'The command for the approver is in the clipboard. An approval is signed with the key of somebody who neither wrote nor ran the change.',
    ),
  );
}
