import { describe, expect, test } from 'vitest';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  DocumentSymbol,
  SelectionRange,
  SemanticTokens,
  WorkspaceSymbol,
} from 'vscode-languageserver';
import { check, places } from './fixtures/check.ts';
import { type Editor, withEditor } from './fixtures/editor.ts';
import { legend } from './semantic-tokens.ts';

/** In each language: a policy, and a neighbour to which it is applied with the cursor on its name. */
const FIXTURES: Readonly<Record<string, string>> = {
  frr: `
router bgp 65001
 neighbor 192.0.2.2 remote-as 65002
 address-family ipv4 unicast
  neighbor 192.0.2.2 route-map IMP$0ORT in
 exit-address-family
exit
route-map IMPORT permit 10
          ^^^^^^
exit
`,
  eos: `
router bgp 65001
   neighbor 192.0.2.2 remote-as 65002
   neighbor 192.0.2.2 route-map IMP$0ORT in
route-map IMPORT permit 10
          ^^^^^^
`,
  ios: `
router bgp 65001
 neighbor 192.0.2.2 remote-as 65002
 neighbor 192.0.2.2 route-map IMP$0ORT in
route-map IMPORT permit 10
          ^^^^^^
`,
  nxos: `
feature bgp
route-map IMPORT permit 10
          ^^^^^^
router bgp 65001
  neighbor 192.0.2.2
    remote-as 65002
    address-family ipv4 unicast
      route-map IMP$0ORT in
`,
  iosxr: `
route-policy IMPORT
             ^^^^^^
  pass
end-policy
router bgp 65001
 neighbor 192.0.2.2
  remote-as 65002
  address-family ipv4 unicast
   route-policy IMP$0ORT in
`,
  junos: `
policy-options {
    policy-statement IMPORT {
                     ^^^^^^
        then accept;
    }
}
protocols {
    bgp {
        group UPSTREAM {
            type external;
            peer-as 65002;
            neighbor 192.0.2.2 {
                import IMP$0ORT;
            }
        }
    }
}
`,
  sros: `
configure {
    policy-options {
        policy-statement "IMPORT" {
                         ^^^^^^^^
            default-action {
                action-type accept
            }
        }
    }
    router "Base" {
        bgp {
            neighbor "192.0.2.2" {
                peer-as 65002
                import {
                    policy ["IMP$0ORT"]
                }
            }
        }
    }
}
`,
  srlinux: `
network-instance default {
    protocols {
        bgp {
            autonomous-system 65001
            group UPSTREAM {
                peer-as 65002
                import-policy [
                    IMP$0ORT
                ]
            }
        }
    }
}
routing-policy {
    policy IMPORT {
           ^^^^^^
        default-action {
            policy-result accept
        }
    }
}
`,
};

const fixtureOf = (dialect: string, text: string): string => `//- edge.cfg aegis-${dialect}${text}`;
const about = <T>({ client, uri }: Editor, method: string, more: object = {}): Promise<T> =>
  client.request<T>(method, { textDocument: { uri }, ...more });

/** Whether any name of the file is marked as one that nothing makes. */
async function hasUndefined(editor: Editor): Promise<boolean> {
  const { data } = await about<SemanticTokens>(editor, 'textDocument/semanticTokens/full');
  const bit = 1 << legend.tokenModifiers.indexOf('undefined');
  return data.some((value, at) => at % 5 === 4 && (value & bit) !== 0);
}

describe.each(Object.entries(FIXTURES))('%s', (dialect, text) => {
  const fixture = fixtureOf(dialect, text);

  test('a policy’s name leads to its definition', () => check(places('textDocument/definition'), fixture));

  test('who applies the policy', () =>
    withEditor(fixture, async (editor) => {
      const [item] = await editor.ask<CallHierarchyItem[]>('textDocument/prepareCallHierarchy');
      const calls = await editor.client.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item });
      expect(calls).toHaveLength(1);
      expect(calls[0]!.fromRanges[0]!.start.line).toBe(editor.position.line);
    }));

  test('a policy that is not there is marked, one that is there is not', async () => {
    expect(await withEditor(fixture, hasUndefined)).toBe(false);
    expect(await withEditor(fixture.replace('IMP$0ORT', 'NOW$0HERE'), hasUndefined)).toBe(true);
  });

  test('the policy is found by name and stands in the outline', () =>
    withEditor(fixture, async (editor) => {
      const found = await editor.client.request<WorkspaceSymbol[]>('workspace/symbol', { query: 'IMPORT' });
      expect(found.map(({ name }) => name)).toEqual(['IMPORT']);
      const outline = await about<DocumentSymbol[]>(editor, 'textDocument/documentSymbol');
      expect(JSON.stringify(outline)).toContain('IMPORT');
    }));

  test('the selection grows from the word to the file, and formatting keeps what is well formed', () =>
    withEditor(fixture, async (editor) => {
      const [first] = await about<SelectionRange[]>(editor, 'textDocument/selectionRange', {
        positions: [editor.position],
      });
      let [steps, last] = [0, first];
      for (let step = first; step; step = step.parent) [steps, last] = [steps + 1, step];
      expect(steps).toBeGreaterThanOrEqual(4);
      expect(last!.range.start).toEqual({ line: 0, character: 0 });
      const options = { tabSize: 4, insertSpaces: true };
      expect(await about(editor, 'textDocument/formatting', { options })).toEqual([]);
    }));
});
