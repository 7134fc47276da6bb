import { expect, test } from 'vitest';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  TypeHierarchyItem,
} from 'vscode-languageserver';
import { check, type Said } from './fixtures/check.ts';
import type { Editor } from './fixtures/editor.ts';

const FIXTURE = `
//- edge.cfg aegis-frr
ip prefix-list CUSTOMER seq 5 permit 203.0.113.0/24
bgp community-list standard MINE seq 5 permit 65001:1
route-map IN permit 10
 match ip address prefix-list CUSTOMER
route-map IN permit 20
 match community MINE
router bgp 65001
 neighbor PEERS peer-group
 neighbor PEERS remote-as external
 neighbor 192.0.2.2 peer-group PEERS
 neighbor 192.0.2.6 peer-group PEERS
 address-family ipv4 unicast
  neighbor PEERS route-map IN in
 exit-address-family
`;
const at = (text: string): string => FIXTURE.replace(text.replace('$0', ''), text);

const prepareCalls = async (editor: Editor): Promise<CallHierarchyItem> => {
  const items = await editor.ask<CallHierarchyItem[]>('textDocument/prepareCallHierarchy');
  expect(items).toHaveLength(1);
  return items[0]!;
};

const incoming = async (editor: Editor): Promise<readonly Said[]> => {
  const item = await prepareCalls(editor);
  const calls = await editor.client.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item });
  return calls.flatMap(({ from, fromRanges }) =>
    fromRanges.map((range) => ({ uri: from.uri, range, message: from.name })),
  );
};

const outgoing = async (editor: Editor): Promise<readonly Said[]> => {
  const item = await prepareCalls(editor);
  const calls = await editor.client.request<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', { item });
  return calls.flatMap(({ to, fromRanges }) => fromRanges.map((range) => ({ uri: item.uri, range, message: to.name })));
};

/** The fixture with a marker under some of its lines. */
const marked = (fixture: string, ...markers: readonly (readonly [line: string, marker: string])[]): string =>
  markers.reduce((text, [line, marker]) => text.replace(`${line}\n`, `${line}\n${marker}\n`), fixture);

test('who applies a route-map', () =>
  check(
    incoming,
    marked(at('route-map I$0N permit 10'), ['  neighbor PEERS route-map IN in', '                           ^^ PEERS']),
  ));

test('what a route-map uses, in all of its entries', () =>
  check(
    outgoing,
    marked(
      at('route-map I$0N permit 10'),
      [' match ip address prefix-list CUSTOMER', '                              ^^^^^^^^ CUSTOMER'],
      [' match community MINE', '                 ^^^^ MINE'],
    ),
  ));

const prepareTypes = async (editor: Editor): Promise<TypeHierarchyItem> => {
  const items = await editor.ask<TypeHierarchyItem[]>('textDocument/prepareTypeHierarchy');
  expect(items).toHaveLength(1);
  return items[0]!;
};

const related =
  (direction: 'supertypes' | 'subtypes') =>
  async (editor: Editor): Promise<readonly Said[]> => {
    const item = await prepareTypes(editor);
    const items = await editor.client.request<TypeHierarchyItem[]>(`typeHierarchy/${direction}`, { item });
    return items.map(({ uri, selectionRange, name }) => ({ uri, range: selectionRange, message: name }));
  };

test('a peer group is above the neighbours that inherit from it', async () => {
  const group = [' neighbor PEERS peer-group', ' ^^^^^^^^^^^^^^^^^^^^^^^^^ PEERS'] as const;
  await check(related('supertypes'), marked(at('neighbor 192.0.$02.6'), group));
  await check(
    related('subtypes'),
    marked(
      at('neighbor PEE$0RS peer-group'),
      [' neighbor 192.0.2.2 peer-group PEERS', ' ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 192.0.2.2'],
      [' neighbor 192.0.2.6 peer-group PEERS', ' ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 192.0.2.6'],
    ),
  );
});

const JUNOS = `
//- edge.cfg aegis-junos
groups {
    TIMERS {
        protocols {
            bgp {
                group <*> {
                    hold-time 30;
                }
            }
        }
    }
}
protocols {
    bgp {
        apply-groups TIMERS;
        group UPSTREAM {
            type external;
        }
    }
}
apply-groups [ TIMERS ];
`;

test('a configuration group of Junos is above the stanzas that apply it', async () => {
  await check(
    related('subtypes'),
    marked(JUNOS.replace('    TIMERS {', '    TIM$0ERS {'), [
      'apply-groups [ TIMERS ];',
      '^^^^^^^^^^^^^^^^^^^^^ apply-groups TIMERS',
    ]).replace('protocols {\n    bgp {\n        apply', 'protocols {\n    bgp {\n    ^^^ bgp\n        apply'),
  );
  await check(
    related('supertypes'),
    JUNOS.replace('    bgp {\n        apply', '    b$0gp {\n        apply').replace(
      '    TIMERS {\n',
      '    TIMERS {\n    ^^^^^^ TIMERS\n',
    ),
  );
});

const SET = `
//- edge.cfg aegis-junos
set groups TIMERS protocols bgp group <*> hold-time 30
set groups KEYS protocols bgp group <*> authentication-key x
set protocols bgp group UPSTREAM type external
set protocols bgp group UPSTREAM apply-groups TIMERS
set protocols bgp group UPSTREAM apply-groups KEYS
set protocols bgp group PEERS apply-groups [ TIMERS KEYS ]
set apply-groups TIMERS
`;
const setAt = (text: string): string => SET.replace(text.replace('$0', ''), text);

test('so it is where the configuration is written as set commands', async () => {
  await check(
    related('subtypes'),
    marked(
      setAt('set groups TIM$0ERS protocols'),
      [
        'set protocols bgp group UPSTREAM apply-groups TIMERS',
        '    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ protocols bgp group UPSTREAM',
      ],
      [
        'set protocols bgp group PEERS apply-groups [ TIMERS KEYS ]',
        '    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ protocols bgp group PEERS',
      ],
      ['set apply-groups TIMERS', '    ^^^^^^^^^^^^^^^^^^^ apply-groups TIMERS'],
    ),
  );
  const groups = [
    [
      'set groups TIMERS protocols bgp group <*> hold-time 30',
      '    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ TIMERS',
    ],
    [
      'set groups KEYS protocols bgp group <*> authentication-key x',
      '    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ KEYS',
    ],
  ] as const;
  // From the line that applies a group, and from any other line of the stanza.
  for (const cursor of ['group UPST$0REAM type external', 'group UPSTREAM apply-$0groups KEYS', 'group PE$0ERS apply'])
    await check(related('supertypes'), marked(setAt(cursor), ...groups));
});

test('a line of set commands that applies nothing has no place in the hierarchy', () =>
  check(async (editor) => {
    expect(await editor.ask('textDocument/prepareTypeHierarchy')).toBeNull();
    return [];
  }, setAt('set protocols b$0gp group UPSTREAM type external')));
