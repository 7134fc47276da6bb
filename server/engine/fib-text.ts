import type { Action, FibEntry } from '../../core/network/forwarding/fib.ts';
import type { Forwarding } from '../../core/network/forwarding/forwarding.ts';

/** What a device does with packets, one prefix per line: next hops followed to the interfaces by which they leave. */
export function fibText(forwarding: Forwarding, node: string): string {
  const lines: string[] = [];
  for (const table of forwarding.topology.tables) {
    if (table.node !== node) continue;
    const routes = forwarding.state.nodes.get(node)?.get(table.vrf)?.routes ?? [];
    const prefixes = [...new Set(routes.map(({ prefix }) => prefix))];
    if (prefixes.length === 0 && table.vrf !== 'default') continue;
    lines.push(`# ${node}: forwarding${table.vrf === 'default' ? '' : ` of VRF ${table.vrf}`}`);
    const fib = forwarding.fib(table);
    for (const prefix of prefixes) {
      const entry = fib.entry(prefix);
      if (entry) lines.push(`${prefix.padEnd(prefix.includes(':') ? 26 : 19)} ${entryText(entry)}`);
    }
    lines.push('');
  }
  return `${lines.join('\n')}\n`;
}

const entryText = ({ actions }: FibEntry): string => actions.map(actionText).join(', ') || 'nowhere';

function actionText(action: Action): string {
  switch (action.kind) {
    case 'out': {
      const to = action.gateway ? `to ${action.gateway.text}` : action.toPeer ? 'to the other end' : 'attached';
      return `${action.interface.name} ${to}`;
    }
    case 'lookup':
      return `looked up in VRF ${action.table.vrf}`;
    case 'tunnel':
      return `tunnel to ${action.endpoint.text} (${action.tables.map(({ node, vrf }) => `${node} ${vrf}`).join(', ')})`;
    case 'drop':
      return 'drop';
    case 'unresolved':
      return `unresolved: ${action.text}`;
  }
}
