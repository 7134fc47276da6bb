import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openConfig, positionOf } from './lab.ts';

const names = (symbols: readonly vscode.DocumentSymbol[]): readonly string[] =>
  symbols.flatMap(({ name, children }) => [name, ...names(children)]);

describe('navigation', () => {
  it('leads from a policy that is applied to its definition', async () => {
    const { document } = await openConfig('pe1');
    const at = positionOf(document, 'route-map TRANSIT-V4-OUT out', 'route-map '.length + 2);
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      at,
    );
    const lines = found.map(
      (place) => document.lineAt(('range' in place ? place.range : place.targetRange).start).text,
    );
    assert.ok(lines.length > 0, 'no definition was found');
    assert.ok(
      lines.every((line) => line.startsWith('route-map TRANSIT-V4-OUT')),
      lines.join(' | '),
    );
  });

  it('lists the parts of a configuration in the outline', async () => {
    const { document } = await openConfig('pe2');
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    const listed = names(symbols).join('\n');
    for (const part of ['Ethernet1', 'TRANSIT-V4-OUT', '203.0.113.6', 'bgp 64500'])
      assert.ok(listed.includes(part), `the outline has no ${part}:\n${listed}`);
  });

  it('folds blocks', async () => {
    const { document } = await openConfig('pe1');
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    const start = positionOf(document, 'interface GigabitEthernet2').line;
    const block = ranges.find((range) => range.start === start);
    assert.ok(block, 'the interface does not fold');
    assert.match(document.lineAt(block.end).text, /^ bfd interval/);
  });
});
