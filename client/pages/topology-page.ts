import { randomBytes } from 'node:crypto';
import { type Disposable, l10n, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { type TopologyParams, TopologyRequest, type TopologyResult } from '../../server/protocol.ts';
import type { Server } from '../server.ts';
import { contentPolicy, html, pageLanguage } from '../text/html.ts';
import { toUri } from '../uris.ts';

interface Shown {
  /** Of the lab. */
  readonly name: string;
  readonly panel: WebviewPanel;
  result: TopologyResult;
}

/** The page that shows a lab as a picture: one for each lab, drawn anew when the lab changes while it is in sight. */
export class TopologyPage implements Disposable {
  readonly #server: Server;
  readonly #script: Uri;
  readonly #pages = new Map<string, Shown>();
  readonly #subscription: Disposable;

  constructor(server: Server, extension: Uri) {
    this.#server = server;
    this.#script = Uri.joinPath(extension, 'client', 'media', 'topology.js');
    this.#subscription = server.onLabsChanged(() => void this.#redraw().catch((error: unknown) => server.warn(error)));
  }

  /** Shows the lab; a page of it that is open comes to the front. */
  async show(lab: { readonly id: string; readonly name: string }, result: TopologyResult): Promise<void> {
    const known = this.#pages.get(lab.id);
    if (known) {
      known.panel.reveal();
      this.#fill(known, result);
      return;
    }
    const panel = window.createWebviewPanel('aegis.topology', l10n.t('Topology of {0}', lab.name), ViewColumn.Beside, {
      enableScripts: true,
      localResourceRoots: [Uri.joinPath(this.#script, '..')],
      retainContextWhenHidden: false,
    });
    const shown: Shown = { name: lab.name, panel, result };
    this.#pages.set(lab.id, shown);
    panel.onDidDispose(() => this.#pages.delete(lab.id));
    panel.webview.onDidReceiveMessage((message: unknown) => void this.#open(shown, message));
    this.#fill(shown, result);
  }

  async #redraw(): Promise<void> {
    for (const [id, shown] of this.#pages) {
      if (!shown.panel.visible || !workspace.isTrusted) continue;
      const result = await this.#server.request<TopologyResult>(TopologyRequest, { lab: id } satisfies TopologyParams);
      if (result.svg !== shown.result.svg) this.#fill(shown, result);
    }
  }

  #fill(shown: Shown, result: TopologyResult): void {
    shown.result = result;
    const { webview } = shown.panel;
    webview.html = page(shown.name, result, webview.asWebviewUri(this.#script).toString());
  }

  /** Opens the configuration of the device that was chosen, at the line that matters. */
  async #open({ result }: Shown, message: unknown): Promise<void> {
    const name = typeof message === 'object' && message !== null && 'device' in message ? message.device : undefined;
    const found = result.devices.find(({ device }) => device === name);
    if (!found) return;
    const document = await workspace.openTextDocument(toUri(found.uri));
    const position = document.lineAt(Math.min(found.line, document.lineCount - 1)).range.start;
    const editor = await window.showTextDocument(document, { viewColumn: ViewColumn.One, preview: true });
    editor.revealRange(document.lineAt(position).range, 2);
    const { Selection } = await import('vscode');
    editor.selection = new Selection(position, position);
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const { panel } of this.#pages.values()) panel.dispose();
  }
}

/** A commit is known by its first digits; all of them only push the rest aside. */
const FULL_COMMIT = /\b([0-9a-f]{10})[0-9a-f]{30}\b/;

/** Nothing is loaded but the page's own script; styles and script carry a word that is made anew each time. */
function page(name: string, { svg, description, baseline }: TopologyResult, script: string): string {
  const nonce = randomBytes(16).toString('base64url');
  const styled = svg.replace('<style>', `<style nonce="${nonce}">`);
  return `<!DOCTYPE html>
<html lang="${pageLanguage()}">
<head>
<meta charset="utf-8">
${contentPolicy(nonce)}
<title>${html(name)}</title>
<style nonce="${nonce}">
body { color: var(--vscode-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); padding: 0 16px 16px; }
h1 { font-size: 1.3em; font-weight: 600; margin: 12px 0 4px; }
p { margin: 4px 0 12px; max-width: 80ch; }
.legend { display: flex; flex-wrap: wrap; gap: 6px 18px; padding: 0; margin: 0 0 12px; list-style: none; }
.legend span { display: inline-block; width: 26px; margin-right: 6px; vertical-align: middle; }
.configured span { border: 3px solid var(--vscode-charts-blue); height: 8px; border-radius: 3px; }
.affected span { border: 2px dashed var(--vscode-editorWarning-foreground); height: 8px; border-radius: 3px; }
.lost span { border-top: 3px dotted var(--vscode-charts-red); }
.gained span { border-top: 3px solid var(--vscode-charts-green); }
.picture { overflow: auto; }
.picture svg { max-width: 100%; height: auto; }
.device { cursor: pointer; }
</style>
</head>
<body>
<h1>${html(name)}</h1>
<p>${html(description)} ${html(l10n.t('Compared with {0}.', baseline.replace(FULL_COMMIT, '$1')))}</p>
<ul class="legend">
<li class="configured"><span></span>${html(l10n.t('configuration changed'))}</li>
<li class="affected"><span></span>${html(l10n.t('affected by the change'))}</li>
<li class="lost"><span></span>${html(l10n.t('session lost or removed'))}</li>
<li class="gained"><span></span>${html(l10n.t('session new or up again'))}</li>
</ul>
<div class="picture" role="application" aria-label="${html(l10n.t("Topology; arrow keys move between devices, Enter opens a device's configuration"))}">${styled}</div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
