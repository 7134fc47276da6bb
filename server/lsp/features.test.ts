// Every feature that the server offers, by its method: where it answers, and where it must not.
import { describe, expect, test } from 'vitest';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CodeAction,
  CodeLens,
  CompletionItem,
  Diagnostic,
  DocumentHighlight,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  Range,
  SelectionRange,
  SemanticTokens,
  SemanticTokensDelta,
  TextDocumentContentResult,
  TextEdit,
  TypeHierarchyItem,
  WorkspaceDiagnosticReport,
  WorkspaceEdit,
  WorkspaceSymbol,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { offeredMethods } from '../../tests/support/offered-methods.ts';
import { check, point, type Said } from './fixtures/check.ts';
import { type Editor, type EditorOptions, withEditor } from './fixtures/editor.ts';
import { legend } from './semantic-tokens.ts';

/** What a feature says of a workspace; fixtures carry it as markers (see fixtures/editor.ts). */
interface Feature {
  readonly ask: (editor: Editor) => Promise<readonly Said[]>;
  readonly options?: EditorOptions;
  /** Answers exactly at the markers. */
  readonly says: string;
  /** Looks alike, and there is nothing to say. */
  readonly silent: string;
  /** For a feature that edits: the text of the open file with the edit of `says`. */
  readonly edited?: { readonly edit: (editor: Editor) => Promise<readonly TextEdit[]>; readonly text: string };
}

// ---- asking ----------------------------------------------------------------------------------------------------------

const whole: Range = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };

/** A request about the open file. */
const ofFile = <T>(editor: Editor, method: string, more: object = {}): Promise<T> =>
  editor.client.request<T>(method, { textDocument: { uri: editor.uri }, ...more });

const here = (editor: Editor, range: Range, message?: string): Said => ({ uri: editor.uri, range, message });

const locations =
  (method: string, more: object = {}) =>
  async (editor: Editor): Promise<readonly Said[]> =>
    (await editor.ask<readonly Location[] | null>(method, more)) ?? [];

const diagnostics = async (editor: Editor): Promise<readonly Said[]> =>
  (await editor.client.diagnostics(editor.uri)).map(({ range, code }: Diagnostic) => here(editor, range, String(code)));

const workspaceDiagnostics = async ({ client }: Editor): Promise<readonly Said[]> => {
  await client.request('aegis/labs', undefined);
  const { items } = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] });
  return items.flatMap((item) =>
    item.kind === 'full' ? item.items.map(({ range, code }) => ({ uri: item.uri, range, message: String(code) })) : [],
  );
};

const hover = async (editor: Editor): Promise<readonly Said[]> => {
  const found = await editor.ask<Hover | null>('textDocument/hover');
  const { value } = (found?.contents ?? { value: '' }) as { readonly value: string };
  return found ? [here(editor, found.range ?? point(editor.position), value.split('\n')[0])] : [];
};

const completion = async (editor: Editor): Promise<readonly Said[]> => {
  const items = await editor.ask<CompletionItem[]>('textDocument/completion');
  return items.length === 0 ? [] : [here(editor, point(editor.position), items.map(({ label }) => label).join(' '))];
};

const highlights = async (editor: Editor): Promise<readonly Said[]> =>
  (await editor.ask<DocumentHighlight[]>('textDocument/documentHighlight')).map(({ range, kind }) =>
    here(editor, range, { 1: 'text', 2: 'read', 3: 'write' }[kind ?? 1]),
  );

const outline = async (editor: Editor): Promise<readonly Said[]> => {
  const tell = ({ name, selectionRange, children = [] }: DocumentSymbol): readonly Said[] => [
    here(editor, selectionRange, name),
    ...children.flatMap(tell),
  ];
  return (await ofFile<DocumentSymbol[]>(editor, 'textDocument/documentSymbol')).flatMap(tell);
};

const folding = async (editor: Editor): Promise<readonly Said[]> =>
  (await ofFile<FoldingRange[]>(editor, 'textDocument/foldingRange')).map(({ startLine, endLine }) =>
    here(editor, point({ line: startLine, character: 0 }), `to line ${endLine + 1}`),
  );

const selection = async (editor: Editor): Promise<readonly Said[]> => {
  const [first] = await ofFile<SelectionRange[]>(editor, 'textDocument/selectionRange', {
    positions: [editor.position],
  });
  const ranges: Said[] = [];
  for (let next: SelectionRange | undefined = first; next; next = next.parent)
    // The answer has one range for each position; that of the position alone selects nothing.
    if (next.range.start.line === next.range.end.line && next.range.start.character < next.range.end.character)
      ranges.push(here(editor, next.range));
  return ranges;
};

const symbols =
  (query: string) =>
  async ({ client }: Editor): Promise<readonly Said[]> => {
    await client.request('aegis/labs', undefined);
    const found = await client.request<WorkspaceSymbol[]>('workspace/symbol', { query });
    return found.map(({ name, location }) => ({ ...(location as Location), message: name }));
  };

const lenses =
  (resolve: boolean) =>
  async (editor: Editor): Promise<readonly Said[]> => {
    await editor.client.request('aegis/labs', undefined);
    const found = await ofFile<CodeLens[]>(editor, 'textDocument/codeLens');
    const told = resolve
      ? await Promise.all(found.map((lens) => editor.client.request<CodeLens>('codeLens/resolve', lens)))
      : found;
    return told.map(({ range, command }) => here(editor, range, command?.title));
  };

const hints = async (editor: Editor): Promise<readonly Said[]> =>
  (await ofFile<InlayHint[]>(editor, 'textDocument/inlayHint', { range: whole })).map(({ position, label }) =>
    here(editor, point(position), typeof label === 'string' ? label : label.map(({ value }) => value).join('')),
  );

/** Tokens with the names of their types and modifiers. */
function tokensOf(editor: Editor, data: readonly number[]): readonly Said[] {
  const said: Said[] = [];
  let [line, character] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [lines = 0, columns = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
    character = lines === 0 ? character + columns : columns;
    line += lines;
    const range = { start: { line, character }, end: { line, character: character + length } };
    const words = [legend.tokenTypes[type], ...legend.tokenModifiers.filter((_, bit) => modifiers & (1 << bit))];
    said.push(here(editor, range, words.join(' ')));
  }
  return said;
}

const tokens =
  (kind: 'full' | 'range') =>
  async (editor: Editor): Promise<readonly Said[]> => {
    const range = { start: editor.position, end: editor.position };
    const { data } = await ofFile<SemanticTokens>(editor, `textDocument/semanticTokens/${kind}`, { range });
    return tokensOf(editor, data);
  };

/** The tokens after an edit in front of them, put together from the first answer and the difference. */
const tokensByDelta = async (editor: Editor): Promise<readonly Said[]> => {
  const { client, uri } = editor;
  const first = await ofFile<SemanticTokens>(editor, 'textDocument/semanticTokens/full');
  const start = { line: 0, character: 0 };
  await client.edit(uri, { start, end: start }, '!\n');
  const previousResultId = first.resultId;
  const answer = await ofFile<SemanticTokensDelta>(editor, 'textDocument/semanticTokens/full/delta', {
    previousResultId,
  });
  const data = [...first.data];
  for (const edit of answer.edits.toReversed()) data.splice(edit.start, edit.deleteCount, ...(edit.data ?? []));
  await client.edit(uri, { start, end: { line: 1, character: 0 } }, '');
  return tokensOf(editor, data).map(({ range: { start: from, end: to }, message }) =>
    here(
      editor,
      {
        start: { line: from.line - 1, character: from.character },
        end: { line: to.line - 1, character: to.character },
      },
      message,
    ),
  );
};

const preparedCalls = async (editor: Editor): Promise<readonly CallHierarchyItem[]> =>
  (await editor.ask<CallHierarchyItem[] | null>('textDocument/prepareCallHierarchy')) ?? [];

const preparedTypes = async (editor: Editor): Promise<readonly TypeHierarchyItem[]> =>
  (await editor.ask<TypeHierarchyItem[] | null>('textDocument/prepareTypeHierarchy')) ?? [];

const items = async (found: Promise<readonly (CallHierarchyItem | TypeHierarchyItem)[]>): Promise<readonly Said[]> =>
  (await found).map(({ uri, selectionRange, name }) => ({ uri, range: selectionRange, message: name }));

const incoming = async (editor: Editor): Promise<readonly Said[]> => {
  const calls = (await preparedCalls(editor)).map((item) =>
    editor.client.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item }),
  );
  return (await Promise.all(calls))
    .flat()
    .flatMap(({ from, fromRanges }) => fromRanges.map((range) => ({ uri: from.uri, range, message: from.name })));
};

const outgoing = async (editor: Editor): Promise<readonly Said[]> => {
  const calls = (await preparedCalls(editor)).map((item) =>
    editor.client.request<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', { item }),
  );
  return (await Promise.all(calls))
    .flat()
    .flatMap(({ to, fromRanges }) => fromRanges.map((range) => here(editor, range, to.name)));
};

const relatives =
  (direction: 'supertypes' | 'subtypes') =>
  async (editor: Editor): Promise<readonly Said[]> => {
    const found = (await preparedTypes(editor)).map((item) =>
      editor.client.request<TypeHierarchyItem[]>(`typeHierarchy/${direction}`, { item }),
    );
    return items(Promise.all(found).then((lists) => lists.flat()));
  };

const actions = (editor: Editor): Promise<readonly CodeAction[]> =>
  ofFile<CodeAction[]>(editor, 'textDocument/codeAction', {
    range: { start: editor.position, end: editor.position },
    context: { diagnostics: [], only: ['quickfix'] },
  });

const fixes = async (editor: Editor): Promise<readonly Said[]> =>
  (await actions(editor)).map(({ title, diagnostics: [about] = [] }) =>
    here(editor, about?.range ?? point(editor.position), title),
  );

const editsOf = (editor: Editor, edit: WorkspaceEdit | undefined): readonly TextEdit[] =>
  edit?.changes?.[editor.uri] ?? [];

const changes = async (editor: Editor, edits: Promise<readonly TextEdit[]>): Promise<readonly Said[]> =>
  (await edits).map(({ range, newText }) => here(editor, range, newText));

/** A name that cannot be changed is an error, which an editor shows where the new one is typed. */
const renamed = async (editor: Editor): Promise<readonly TextEdit[]> => {
  try {
    return editsOf(editor, await editor.ask<WorkspaceEdit>('textDocument/rename', { newName: 'CLIENT' }));
  } catch (error) {
    expect(String(error)).toContain('There is no name here that can be renamed.');
    return [];
  }
};

const preparedRename = async (editor: Editor): Promise<readonly Said[]> => {
  const found = await editor.ask<{ range: Range; placeholder: string } | null>('textDocument/prepareRename');
  return found ? [here(editor, found.range, found.placeholder)] : [];
};

const formatted = (editor: Editor): Promise<readonly TextEdit[]> =>
  ofFile<TextEdit[]>(editor, 'textDocument/formatting', { options: { tabSize: 4, insertSpaces: true } });

const formattedRange = (editor: Editor): Promise<readonly TextEdit[]> =>
  ofFile<TextEdit[]>(editor, 'textDocument/rangeFormatting', {
    range: { start: editor.position, end: editor.position },
    options: { tabSize: 4, insertSpaces: true },
  });

const table = async ({ client, uri, position }: Editor): Promise<readonly Said[]> => {
  await client.request('aegis/labs', undefined);
  const state = { uri: 'aegis-rib:/two/r1/sessions' };
  const { text } = await client.request<TextDocumentContentResult>('workspace/textDocumentContent', state);
  const rows = text.split('\n').filter((row) => row.startsWith('192.0.2.2 '));
  return rows.map((row) => ({
    uri,
    range: point(position),
    message: /\((\w+)\): (\w+)/.exec(row)?.slice(1).join(' '),
  }));
};

// ---- fixtures --------------------------------------------------------------------------------------------------------

const NAMES = `
//- edge.cfg aegis-frr
ip prefix-list CUSTOMER seq 5 permit 203.0.113.0/24
ip prefix-list OTHER seq 5 permit 198.51.100.0/24
! CUSTOMER
route-map IN permit 10
 match ip address prefix-list CUSTOMER
route-map UNUSED permit 10
router bgp 65001
 neighbor PEERS peer-group
 neighbor PEERS route-map IN in
 neighbor 192.0.2.2 peer-group PEERS
`;

/** The names with the cursor at `$0` in one line, and markers under others. */
const names = (cursor: string, ...marked: readonly (readonly [line: string, ...markers: string[]])[]): string =>
  marked.reduce(
    (text, [line, ...markers]) => text.replace(`${line}\n`, [line, ...markers, ''].join('\n')),
    NAMES.replace(`${cursor.replace('$0', '')}\n`, `${cursor}\n`),
  );
const COMMENT = names('! CUST$0OMER');

const LAB = `
//- lab.clab.yml
name: two
topology:
  nodes:
    r1: { kind: linux, image: "frrouting/frr:10", startup-config: r1.cfg }
    r2: { kind: linux, image: "frrouting/frr:10", startup-config: r2.cfg }
  links:
    - endpoints: ["r1:eth1", "r2:eth1"]
`;
const R1 = `hostname r1
interface eth1
 ip address 192.0.2.1/30
exit
router bgp 65001
 no bgp ebgp-requires-policy
 neighbor 192.0.2.2 remote-as 65002
exit
`;
const R2 = `//- r2.cfg
hostname r2
interface eth1
 ip address 192.0.2.2/30
exit
router bgp 65002
 no bgp ebgp-requires-policy
 neighbor 192.0.2.1 remote-as 65001
exit
`;
const R1_CHANGED = R1.replace('65002', '65009');
const CHANGED: EditorOptions = { head: { 'r1.cfg': R1 } };
const lab = (r1: string, r2 = R2): string => `${LAB}${r2}//- r1.cfg\n${r1}`;

const FEATURES: Readonly<Record<string, Feature>> = {
  'textDocument/diagnostic': {
    ask: diagnostics,
    says: names('route-map UNUSED permit 10$0').replace(
      'prefix-list CUSTOMER\n',
      'prefix-list GONE\n                              ^^^^ undefined-policy\n',
    ),
    silent: NAMES,
  },
  'workspace/diagnostic': {
    ask: workspaceDiagnostics,
    options: { head: {} },
    // What is open is asked for by itself; the other end of the session is not.
    says: lab(
      `$0${R1}`,
      R2.replace(
        'remote-as 65001',
        'remote-as 65009\n                              ^^^^^ ebgp-without-policy\n                              ^^^^^ maximum-prefix\n                              ^^^^^ bgp-session-mismatch',
      ),
    ),
    silent: lab(`$0hostname r1\n`, '//- r2.cfg\nhostname r2\n'),
  },
  'textDocument/hover': {
    ask: hover,
    says: names(' match ip address prefix-list CUST$0OMER', [
      ' match ip address prefix-list CUST$0OMER',
      '                              ^^^^^^^^ **prefix-list `CUSTOMER`**',
    ]),
    silent: COMMENT,
  },
  'textDocument/completion': {
    ask: completion,
    says: NAMES.replace(' route-map IN in\n', ' route-map $0\n                          ^ IN UNUSED\n'),
    silent: COMMENT,
  },
  'textDocument/definition': {
    ask: locations('textDocument/definition'),
    says: names(' match ip address prefix-list CUST$0OMER', [
      'ip prefix-list CUSTOMER seq 5 permit 203.0.113.0/24',
      '               ^^^^^^^^',
    ]),
    silent: COMMENT,
  },
  'textDocument/references': {
    ask: locations('textDocument/references', { context: { includeDeclaration: false } }),
    says: names('ip prefix-list CUST$0OMER seq 5 permit 203.0.113.0/24', [
      ' match ip address prefix-list CUSTOMER',
      '                              ^^^^^^^^',
    ]),
    silent: names('route-map UN$0USED permit 10'),
  },
  'textDocument/documentHighlight': {
    ask: highlights,
    says: names(
      ' match ip address prefix-list CUST$0OMER',
      ['ip prefix-list CUSTOMER seq 5 permit 203.0.113.0/24', '               ^^^^^^^^ write'],
      [' match ip address prefix-list CUST$0OMER', '                              ^^^^^^^^ read'],
    ),
    silent: COMMENT,
  },
  'textDocument/documentSymbol': {
    ask: outline,
    says: '\n//- edge.cfg aegis-ios\ninterface Loopback0\n^^^^^^^^^^^^^^^^^^^ interface Loopback0\n ip address 192.0.2.1 255.255.255.255\n$0',
    silent: '\n//- edge.cfg aegis-ios\n! interface Loopback0\n$0',
  },
  'textDocument/foldingRange': {
    ask: folding,
    says: '\n//- edge.cfg aegis-ios\ninterface Loopback0\n^ to line 3\n description a\n ip address 192.0.2.1 255.255.255.255\nhostname r1\n$0',
    silent: '\n//- edge.cfg aegis-ios\nhostname r1\nip cef\n$0',
  },
  'textDocument/selectionRange': {
    ask: selection,
    says: '\n//- edge.cfg aegis-ios\nip route 192.0.2.0 255.255.255.0 Nu$0ll0\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n                                 ^^^^^',
    silent: '\n//- notes.md\n$0',
  },
  'workspace/symbol': {
    ask: symbols('CUSTOMER'),
    says: lab(`$0${R1}ip prefix-list CUSTOMER seq 5 permit 203.0.113.0/24\n               ^^^^^^^^ CUSTOMER\n`),
    silent: lab(`$0${R1}`),
  },
  'textDocument/codeLens': {
    ask: lenses(false),
    options: CHANGED,
    says: lab(R1_CHANGED.replace('router bgp 65001', 'router bgp 65001$0\n^^^^^^^^^^^^^^^^')),
    silent: lab(`${R1}$0`),
  },
  'codeLens/resolve': {
    ask: lenses(true),
    options: CHANGED,
    says: lab(
      R1_CHANGED.replace(
        'router bgp 65001',
        'router bgp 65001$0\n^^^^^^^^^^^^^^^^ Preflight: 2 sessions lost, show diff',
      ),
    ),
    silent: lab(`${R1}$0`),
  },
  'textDocument/inlayHint': {
    ask: hints,
    options: { trusted: false },
    says: lab(R1.replace('65002', '65002$0\n                                   ^ r2 AS 65002')),
    silent: lab(R1.replace(' neighbor 192.0.2.2 remote-as 65002', ' neighbor 192.0.2.9$0 remote-as 65002')),
  },
  'textDocument/codeAction': {
    ask: fixes,
    says: '\n//- edge.cfg aegis-frr\nhostname ed\u200b$0ge\n           ^ Remove the character\n',
    silent: '\n//- edge.cfg aegis-frr\nhostname ed$0ge\n',
    edited: {
      edit: async (editor) => editsOf(editor, (await actions(editor))[0]?.edit),
      text: 'hostname edge\n',
    },
  },
  'textDocument/rename': {
    ask: (editor) => changes(editor, renamed(editor)),
    says: names(
      ' match ip address prefix-list CUST$0OMER',
      ['ip prefix-list CUSTOMER seq 5 permit 203.0.113.0/24', '               ^^^^^^^^ CLIENT'],
      [' match ip address prefix-list CUST$0OMER', '                              ^^^^^^^^ CLIENT'],
    ),
    silent: COMMENT,
    edited: {
      edit: renamed,
      text: NAMES.replace('\n//- edge.cfg aegis-frr\n', '')
        .replace('prefix-list CUSTOMER seq', 'prefix-list CLIENT seq')
        .replace('address prefix-list CUSTOMER', 'address prefix-list CLIENT'),
    },
  },
  'textDocument/prepareRename': {
    ask: preparedRename,
    says: names(' match ip address prefix-list CUST$0OMER', [
      ' match ip address prefix-list CUST$0OMER',
      '                              ^^^^^^^^ CUSTOMER',
    ]),
    silent: names('router bgp 650$001'),
  },
  'textDocument/formatting': {
    ask: (editor) => changes(editor, formatted(editor)),
    says: '\n//- edge.cfg aegis-ios\ninterface Loopback0\n   description a\n^^^\nhostname r1\n$0',
    silent: '\n//- edge.cfg aegis-ios\ninterface Loopback0\n description a\nhostname r1\n$0',
    edited: { edit: formatted, text: 'interface Loopback0\n description a\nhostname r1\n' },
  },
  'textDocument/rangeFormatting': {
    ask: (editor) => changes(editor, formattedRange(editor)),
    says: '\n//- edge.cfg aegis-ios\ninterface Loopback0\n   des$0cription a\n^^^\ninterface Loopback1\n   description b\n',
    silent: '\n//- edge.cfg aegis-ios\ninterface Loopback0\n description$0 a\ninterface Loopback1\n   description b\n',
    edited: {
      edit: formattedRange,
      text: 'interface Loopback0\n description a\ninterface Loopback1\n   description b\n',
    },
  },
  'textDocument/semanticTokens/full': {
    ask: tokens('full'),
    says: '\n//- edge.cfg aegis-ios\nroute-map IN permit 10\n          ^^ function definition\nip cef\n$0',
    silent: '\n//- edge.cfg aegis-ios\n! route-map IN permit 10\nip cef\n$0',
  },
  'textDocument/semanticTokens/full/delta': {
    ask: tokensByDelta,
    says: '\n//- edge.cfg aegis-ios\nroute-map IN permit 10\n          ^^ function definition\nip cef\n$0',
    silent: '\n//- edge.cfg aegis-ios\n! route-map IN permit 10\nip cef\n$0',
  },
  'textDocument/semanticTokens/range': {
    ask: tokens('range'),
    says: '\n//- edge.cfg aegis-ios\nroute-map IN permit 10\nroute-map OUT per$0mit 10\n          ^^^ function definition\n',
    silent: '\n//- edge.cfg aegis-ios\nroute-map IN permit 10\nip ce$0f\n',
  },
  'textDocument/prepareCallHierarchy': {
    ask: (editor) => items(preparedCalls(editor)),
    says: names('route-map I$0N permit 10', ['route-map I$0N permit 10', '^^^^^^^^^^^^^^^^^^^^^^ IN']),
    silent: COMMENT,
  },
  'callHierarchy/incomingCalls': {
    ask: incoming,
    says: names('route-map I$0N permit 10', [' neighbor PEERS route-map IN in', '                          ^^ PEERS']),
    silent: names('route-map UN$0USED permit 10'),
  },
  'callHierarchy/outgoingCalls': {
    ask: outgoing,
    says: names('route-map I$0N permit 10', [
      ' match ip address prefix-list CUSTOMER',
      '                              ^^^^^^^^ CUSTOMER',
    ]),
    silent: names('route-map UN$0USED permit 10'),
  },
  'textDocument/prepareTypeHierarchy': {
    ask: (editor) => items(preparedTypes(editor)),
    says: names(' neighbor PEE$0RS peer-group', [' neighbor PEE$0RS peer-group', ' ^^^^^^^^^^^^^^^^^^^^^^^^^ PEERS']),
    silent: names('route-map I$0N permit 10'),
  },
  'typeHierarchy/supertypes': {
    ask: relatives('supertypes'),
    says: names(' neighbor 192.0.$02.2 peer-group PEERS', [
      ' neighbor PEERS peer-group',
      ' ^^^^^^^^^^^^^^^^^^^^^^^^^ PEERS',
    ]),
    silent: names(' neighbor PEE$0RS peer-group'),
  },
  'typeHierarchy/subtypes': {
    ask: relatives('subtypes'),
    says: names(' neighbor PEE$0RS peer-group', [
      ' neighbor 192.0.2.2 peer-group PEERS',
      ' ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 192.0.2.2',
    ]),
    silent: names(' neighbor 192.0.$02.2 peer-group PEERS'),
  },
  'workspace/textDocumentContent': {
    ask: table,
    says: lab(R1.replace('hostname', '$0hostname').replace('hostname r1\n', 'hostname r1\n^ r2 established\n')),
    silent: lab('$0hostname r1\n'),
  },
};

/** Messages that are answered by nothing: what they change is seen in the answers above (see server.test.ts). */
const TOLD_ONLY = /^textDocument\/did|^workspace\/did|^workspace\/workspaceFolders$/;

test('every feature that the server offers has its fixtures', () => {
  const offered = Object.entries(offeredMethods).flatMap(([method, capability]) => (capability ? [method] : []));
  expect(Object.keys(FEATURES).sort()).toEqual(offered.filter((method) => !TOLD_ONLY.test(method)).sort());
});

describe.each(Object.entries(FEATURES))('%s', (_method, { ask, options, says, silent, edited }) => {
  test('answers where it should', async () => {
    expect(says).toContain('^');
    await check(ask, says, options);
  });

  test('is silent where there is nothing to say', async () => {
    expect(silent).not.toContain('^');
    await check(ask, silent, options);
  });

  if (edited)
    test('edits the text as it should', () =>
      withEditor(says, async (editor) => {
        const document = TextDocument.create(editor.uri, 'plaintext', 1, editor.text);
        expect(TextDocument.applyEdits(document, [...(await edited.edit(editor))])).toBe(edited.text);
      }));
});

test('what edits a text is shown with the text that it leads to', () => {
  const editing = ['textDocument/codeAction', 'textDocument/formatting', 'textDocument/rangeFormatting'];
  for (const method of [...editing, 'textDocument/rename']) expect(FEATURES[method]?.edited, method).toBeDefined();
});
