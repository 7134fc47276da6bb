import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft, TableLeak } from '../../device/device.ts';
import type { Located, Span } from '../../span.ts';
import { GLOBAL } from '../shared/drafts.ts';

interface RibGroup {
  readonly tables: string[];
  readonly policies: Located<string>[];
}

/** Who uses a group: the routes of one protocol in one table. */
interface Use {
  readonly group: string;
  readonly vrf: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly protocol: TableLeak['protocol'];
  readonly span: Span;
}

interface Groups {
  readonly groups: Map<string, RibGroup>;
  readonly uses: Use[];
}

const known = new WeakMap<DeviceDraft, Groups>();
const groupsOf = (device: DeviceDraft): Groups => {
  const found = known.get(device) ?? { groups: new Map(), uses: [] };
  known.set(device, found);
  return found;
};

export const useRibGroup = (device: DeviceDraft, use: Use): void => {
  groupsOf(device).uses.push(use);
};

/** `inet.0` is the router's own table, `RED.inet.0` that of an instance. Others hold no unicast routes. */
export function tableOf(name: string): { readonly vrf: string; readonly family: 'ipv4' | 'ipv6' } | undefined {
  const parts = /^(?:(.*)\.)?inet(6?)\.0$/.exec(name);
  return parts ? { vrf: parts[1] ?? GLOBAL, family: parts[2] ? 'ipv6' : 'ipv4' } : undefined;
}

interface GroupContext {
  readonly group: RibGroup;
}
const row = rowsOf<GroupContext>();

/** `routing-options rib-groups`. */
export const ribGroups: Entry = modesOf<{ readonly device: DeviceDraft }>()(
  'rib-groups <name:word>',
  {
    doc: 'Tables that have the routes of a protocol: the first is its own.',
    enter: ({ device }, { name }): GroupContext => {
      const { groups } = groupsOf(device);
      const group = groups.get(name.value) ?? { tables: [], policies: [] };
      groups.set(name.value, group);
      return { group };
    },
  },
  [
    row('import-rib <tables:words>', {
      doc: 'The tables of the group.',
      apply: ({ group }, { tables }) => {
        group.tables.push(...tables.value);
      },
    }),
    row('import-policy <names:words>', {
      doc: 'Policy on the routes that go into the further tables.',
      refers: { names: 'route-map' },
      apply: ({ group }, { names }) => {
        group.policies.push(...names.value.map((value) => ({ value, span: names.span })));
      },
    }),
    row('export-rib <table:word>', { doc: 'Table from which routes are announced.' }),
  ],
);

/** Puts the groups and who uses them together. */
export function finishRibGroups(device: DeviceDraft): void {
  const { groups, uses } = groupsOf(device);
  for (const { group: name, vrf, family, protocol, span } of uses) {
    const group = groups.get(name);
    for (const table of group?.tables ?? []) {
      const to = tableOf(table);
      if (!to || to.family !== family || to.vrf === vrf) continue;
      device.tableLeaks = [
        ...(device.tableLeaks ?? []),
        { from: vrf, to: to.vrf, family, protocol, policies: group?.policies ?? [], span },
      ];
    }
  }
}
