import { type InlayHint, InlayHintKind, MarkupKind, type Range } from 'vscode-languageserver';
import type { ParsedConfig } from '../../core/config/parse.ts';
import { neighboursOf } from '../../core/guard/bgp.ts';
import { peerOf } from '../../core/guard/peers.ts';
import type { OpenDocument } from './documents.ts';
import { labPlaceOf } from './lab-place.ts';
import { lineEffects } from './line-effects.ts';
import { rangeOf } from './ranges.ts';
import type { Session } from './session.ts';

/** `textDocument/inlayHint`: who is at the other end of a neighbour, and what the change does to routes and sessions. */
export async function inlayHint(session: Session, document: OpenDocument, range: Range): Promise<InlayHint[]> {
  const config = await session.workspace.config(document);
  const hints = [...(await peerHints(session, document, config)), ...(await countHints(session, document, config))];
  return hints
    .filter(({ position: { line } }) => line >= range.start.line && line <= range.end.line)
    .sort((a, b) => a.position.line - b.position.line);
}

const endOf = (config: ParsedConfig, line: number) => ({
  line,
  character: (config.tree.lines[line] ?? '').trimEnd().length,
});

/** The peer's name and AS behind the line that says its AS, or the first line about it. */
async function peerHints(session: Session, document: OpenDocument, config: ParsedConfig): Promise<InlayHint[]> {
  const place = await labPlaceOf(session, document);
  const node = place?.node;
  if (!place || !node || node.config !== config) return [];
  return neighboursOf(config.device).flatMap(({ process, neighbour }): InlayHint[] => {
    const peer = peerOf(place.snapshot, { node, process, neighbour });
    if (!peer) return [];
    const asn =
      peer.back[0]?.process.asn.value ?? peer.node.config.device.bgp.find(({ vrf }) => vrf === peer.vrf)?.asn.value;
    const line = neighbour.remoteAs?.span.line ?? neighbour.span.line;
    return [
      {
        position: endOf(config, line),
        label: [
          {
            value: asn === undefined ? peer.node.name : `${peer.node.name} AS ${asn}`,
            location: { uri: session.uris.uriOf(peer.node.config.file), range: rangeOf(peer.address.span) },
            tooltip: `${neighbour.id} is ${peer.node.name} ${peer.interface.name}.`,
          },
        ],
        kind: InlayHintKind.Type,
        paddingLeft: true,
      },
    ];
  });
}

/** The counts behind the changed lines: what each stretch causes, with the routes and sessions in the tooltip. */
async function countHints(session: Session, document: OpenDocument, config: ParsedConfig): Promise<InlayHint[]> {
  const lab = document.path === undefined ? undefined : await session.workspace.labOfFile(document.path);
  const effect = lab && (await session.effects.peek(lab));
  if (!effect) return [];
  return lineEffects(effect.outcome)
    .filter(({ file }) => file === config.file)
    .map(({ line, text, detail }): InlayHint => {
      const [how = '', ...rows] = detail;
      return {
        position: endOf(config, Math.min(line, config.tree.lines.length - 1)),
        label: text,
        tooltip: { kind: MarkupKind.Markdown, value: [how, '', '```text', ...rows, '```'].join('\n') },
        paddingLeft: true,
      };
    });
}
