import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parseConfig } from '../../core/config/parse.ts';
import { statementText } from '../../core/config/tree.ts';
import { withEditor } from './fixtures/editor.ts';

const formatted = (text: string, language: string): Promise<string> =>
  withEditor(`\n//- edge.cfg ${language}\n${text}`, async ({ client, uri, text: before }) => {
    const edits = await client.request<TextEdit[]>('textDocument/formatting', {
      textDocument: { uri },
      options: { tabSize: 4, insertSpaces: true },
    });
    return TextDocument.applyEdits(TextDocument.create(uri, language, 1, before), edits);
  });

test('indentation follows depth as the system writes it, and lines end where their words do', async () => {
  expect(
    await formatted(
      'router bgp 65001\n  address-family ipv4\n      network 192.0.2.0/24  \n  exit-address-family\n',
      'aegis-frr',
    ),
  ).toBe('router bgp 65001\n address-family ipv4\n  network 192.0.2.0/24\n exit-address-family\n');
  expect(await formatted('interface Ethernet1\n mtu 9000\n', 'aegis-eos')).toBe('interface Ethernet1\n   mtu 9000\n');
  expect(await formatted('system {\nhost-name r1;\n      }\n', 'aegis-junos')).toBe('system {\n    host-name r1;\n}\n');
});

test('the text of a banner stays as it is', async () => {
  const text = 'banner motd ^C\n   Keep   out  \n^C\nhostname r1\n';
  expect(await formatted(text, 'aegis-ios')).toBe(text);
});

const labs = resolve(import.meta.dirname, '../../labs');
const files = readdirSync(labs).flatMap((lab) =>
  readdirSync(join(labs, lab, 'configs')).map((name) => join(labs, lab, 'configs', name)),
);

test.each(files.map((file) => [file.slice(labs.length + 1), file] as const))(
  '%s reads the same after formatting, and formatting it again changes nothing',
  async (_, file) => {
    const text = readFileSync(file, 'utf8');
    const { dialect } = parseConfig({ text, file, node: 'r1' });
    // Shaken: other blanks in front of and behind the lines, in the same order of depths.
    const shaken = text.replace(/^( +)(?=\S)/gm, '$1$1').replace(/(?<=\S)$/gm, ' ');
    const once = await formatted(shaken, `aegis-${dialect}`);
    const words = (of: string) =>
      parseConfig({ text: of, file, node: 'r1', dialect }).tree.statements.map(function tell(statement): unknown {
        return [statementText(statement), statement.children.map(tell)];
      });
    expect(words(once)).toEqual(words(shaken));
    expect(await formatted(once, `aegis-${dialect}`)).toBe(once);
  },
);
