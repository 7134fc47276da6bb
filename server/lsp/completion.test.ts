import { describe, expect, test } from 'vitest';
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { TWO_ROUTERS, withEditor } from './fixtures/editor.ts';

async function labels(fixture: string): Promise<readonly string[]> {
  return withEditor(fixture, async (editor) =>
    (await editor.ask<CompletionItem[]>('textDocument/completion')).map(({ label }) => label),
  );
}

test('the commands of the mode, not those of another', async () => {
  const top = await labels('\n//- edge.cfg aegis-frr\nhostname edge\n$0\n');
  expect(top).toEqual(expect.arrayContaining(['interface', 'router', 'route-map']));
  expect(top).not.toContain('remote-as');
  const bgp = await labels('\n//- edge.cfg aegis-frr\nrouter bgp 65001\n $0\n');
  expect(bgp).toEqual(expect.arrayContaining(['neighbor', 'address-family']));
  expect(bgp).not.toContain('interface');
});

test('the words that go on after those that stand there', async () => {
  const words = await labels('\n//- edge.cfg aegis-frr\nrouter bgp 65001\n neighbor 192.0.2.2 $0\n');
  expect(words).toEqual(expect.arrayContaining(['remote-as', 'peer-group', 'password']));
});

test('a word that is being typed is replaced', async () => {
  await withEditor('\n//- edge.cfg aegis-frr\nrouter bgp 65001\n neighbor 192.0.2.2 rem$0\n', async (editor) => {
    const items = await editor.ask<CompletionItem[]>('textDocument/completion');
    expect(items.find(({ label }) => label === 'remote-as')).toMatchObject({
      textEdit: { newText: 'remote-as', range: { start: { line: 1, character: 20 }, end: { line: 1, character: 23 } } },
    });
  });
});

test('names of the device where a name is wanted', async () => {
  const names = await labels(`
//- edge.cfg aegis-frr
route-map IN permit 10
route-map OUT permit 10
ip prefix-list IN-TOO seq 5 permit 203.0.113.0/24
router bgp 65001
 neighbor 192.0.2.2 remote-as 65002
 address-family ipv4 unicast
  neighbor 192.0.2.2 route-map $0
`);
  expect(names).toEqual(['IN', 'OUT']);
});

test('the choices of a slot', async () => {
  const choices = await labels(`
//- edge.cfg aegis-frr
router bgp 65001
 neighbor 192.0.2.2 remote-as $0
`);
  expect(choices).toEqual(expect.arrayContaining(['internal', 'external']));
});

test('after "no", what can be undone', async () => {
  const words = await labels('\n//- edge.cfg aegis-ios\ninterface GigabitEthernet0/1\n no $0\n');
  expect(words).toEqual(expect.arrayContaining(['shutdown', 'ip']));
});

describe('in a lab', () => {
  const offers = (r1: string, lab = TWO_ROUTERS): Promise<readonly string[]> =>
    withEditor(`${lab}//- configs/r1.cfg\n${r1}`, async (editor) =>
      (await editor.ask<CompletionItem[]>('textDocument/completion'))
        .filter(({ kind }) => kind === CompletionItemKind.Value)
        .map(({ label, detail }) => `${label} (${detail})`),
    );
  const eth1 = 'hostname r1\ninterface eth1\n ip address 192.0.2.1/30\nexit\n';

  test('the addresses that devices have on the same subnets, as neighbours', async () => {
    expect(await offers(`${eth1}router bgp 65001\n neighbor $0\n`)).toEqual(['192.0.2.2 (r2 eth1, AS 65002)']);
  });

  test('nothing where no subnet is shared', async () => {
    const elsewhere = eth1.replace('192.0.2.1', '192.0.2.9');
    expect(await offers(`${elsewhere}router bgp 65001\n neighbor $0\n`)).toEqual([]);
  });

  test('the AS of the neighbour that the line is about', async () => {
    expect(await offers(`${eth1}router bgp 65001\n neighbor 192.0.2.2 remote-as $0\n`)).toEqual([
      '65002 (r2 eth1, AS 65002)',
    ]);
    expect(await offers(`${eth1}router bgp 65001\n neighbor 192.0.2.7 remote-as $0\n`)).toEqual([]);
  });

  test('or the stanza around it', async () => {
    const nxos = 'feature bgp\nhostname r1\ninterface eth1\n  no switchport\n  ip address 192.0.2.1/30\n';
    const lab = TWO_ROUTERS.replace('kind: linux\n      image: frrouting/frr:10.2\n', 'kind: cisco_n9kv\n');
    expect(await offers(`${nxos}router bgp 65001\n  neighbor 192.0.2.2\n    remote-as $0\n`, lab)).toEqual([
      '65002 (r2 eth1, AS 65002)',
    ]);
  });
});
