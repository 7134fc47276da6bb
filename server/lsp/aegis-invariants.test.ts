import { describe, expect, test } from 'vitest';
import type { DeclaredInvariantsResult, InvariantsResult } from '../protocol.ts';
import { TWO_ROUTERS, withEditor } from './fixtures/editor.ts';

const R1 = `hostname r1
interface eth1
 ip address 192.0.2.1/30
exit
`;
const lab = (yaml: string): string => `${TWO_ROUTERS}//- configs/r1.cfg\n${R1}//- aegis.yml yaml\n${yaml}`;
const LAB_ID = 'file:///workspace/lab.clab.yml';

describe('the invariants of a lab', () => {
  test('are answered with where they are declared', async () => {
    const yaml = `invariants:
  - id: cable
    prefix-present: {device: r1, prefix: 192.0.2.0/30}
  - id: elsewhere
    prefix-present: {device: r1, prefix: 10.0.0.0/8}
$0`;
    await withEditor(lab(yaml), async ({ client }) => {
      const { invariants } = (await client.request('aegis/invariants', { lab: LAB_ID })) as InvariantsResult;
      expect(invariants.map(({ id, status, uri, range }) => [id, status, uri, range.start.line])).toEqual([
        ['cable', 'held', 'file:///workspace/aegis.yml', 1],
        ['elsewhere', 'broken', 'file:///workspace/aegis.yml', 3],
      ]);
      expect(invariants[1]).toMatchObject({
        expected: 'r1 has 10.0.0.0/8 in its table.',
        actual: 'r1 does not have it: no device of the lab has the prefix attached or as a static route.',
      });
    });
  });

  test('that cannot be used are told of in the file', async () => {
    const yaml = `invariants:
  - id: a
    path-avoids: {from: r1, to: r2, node: r9}
  - id: b
    no-loops: {}
    nonsense: {}
$0`;
    await withEditor(lab(yaml), async ({ client, uri }) => {
      expect((await client.diagnostics(uri)).map(({ range, message }) => `${range.start.line}: ${message}`)).toEqual([
        '5: invariants.1: "nonsense" is not known here.',
      ]);
    });
    const names = yaml.replace('    nonsense: {}\n', '');
    await withEditor(lab(names), async ({ client, uri }) => {
      expect((await client.diagnostics(uri)).map(({ range, message }) => `${range.start.line}: ${message}`)).toEqual([
        '1: a: node "r9" is no device of the lab.',
      ]);
    });
  });

  const DECLARED = `invariants:
  - id: cable
    description: The cable is there.
    prefix-present: {device: r1, prefix: 192.0.2.0/30}
  - id: loops
    no-loops: {}
$0`;

  test('are listed without a simulation, so also where the workspace is not trusted', async () => {
    await withEditor(
      lab(DECLARED),
      async ({ client }) => {
        const declared = (await client.request('aegis/declaredInvariants', {
          lab: LAB_ID,
        })) as DeclaredInvariantsResult;
        expect(declared.uri).toBe('file:///workspace/aegis.yml');
        expect(declared.problems).toEqual([]);
        expect(declared.invariants.map(({ id, statement, range }) => [id, statement, range.start.line])).toEqual([
          ['cable', 'The cable is there.', 1],
          ['loops', 'No packet returns to a device that it has left.', 4],
        ]);
      },
      { trusted: false },
    );
  });

  test('are listed as they are typed, with what cannot be used', async () => {
    await withEditor(lab(DECLARED.replace('no-loops: {}', 'no-loop: {}')), async ({ client }) => {
      const { problems, invariants } = (await client.request('aegis/declaredInvariants', {
        lab: LAB_ID,
      })) as DeclaredInvariantsResult;
      expect(invariants).toEqual([]);
      expect(problems.join()).toMatch(/Line \d: .*"no-loop" is not known here/);
    });
  });

  test('of a lab without the file are none', async () => {
    await withEditor(`${TWO_ROUTERS}//- configs/r1.cfg\n${R1}$0`, async ({ client }) => {
      expect(await client.request('aegis/declaredInvariants', { lab: LAB_ID })).toEqual({
        invariants: [],
        problems: [],
      });
    });
  });
});
