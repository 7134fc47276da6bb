import { expect, test } from 'vitest';
import type { WorkspaceSymbol } from 'vscode-languageserver';
import { TWO_ROUTERS, withEditor } from './fixtures/editor.ts';

const FIXTURE = `${TWO_ROUTERS}route-map CUSTOMER-IN permit 10
//- configs/r1.cfg
hostname $0r1
ip prefix-list CUSTOMERS seq 5 permit 203.0.113.0/24
route-map IN permit 10
`;

test.each([
  ['customer', ['CUSTOMER-IN (route-map, r2)', 'CUSTOMERS (prefix-list, r1)']],
  ['in', ['IN (route-map, r1)', 'CUSTOMER-IN (route-map, r2)']],
  ['cmin', ['CUSTOMER-IN (route-map, r2)']],
  ['nothing', []],
])('names of all devices are found by %s, the nearest first', async (query, expected) => {
  const found = await withEditor(FIXTURE, ({ client }) =>
    client.request<WorkspaceSymbol[]>('workspace/symbol', { query }),
  );
  expect(found.map(({ name, containerName }) => `${name} (${containerName})`)).toEqual(expected);
});
