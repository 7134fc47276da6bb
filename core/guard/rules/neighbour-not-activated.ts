import { parseIp } from '../../config/address.ts';
import type { AddressFamily } from '../../config/device/bgp.ts';
import type { ParsedConfig } from '../../network/snapshot.ts';
import {
  ancestryOf,
  familySetting,
  inVrf,
  isActive,
  isShutdown,
  type Neighbour,
  neighboursOf,
  type Process,
  remoteAsOf,
} from '../bgp.ts';
import { commandsOf } from '../commands.ts';
import { insertAfter } from '../edits.ts';
import { head } from '../restore.ts';
import { type Fix, type RawFinding, rule } from '../rule.ts';
import { systemOf } from '../systems.ts';

const titles: Partial<Record<AddressFamily, string>> = {
  'ipv4-unicast': 'IPv4 unicast',
  'ipv6-unicast': 'IPv6 unicast',
  'vpnv4-unicast': 'VPNv4',
  'vpnv6-unicast': 'VPNv6',
  'l2vpn-evpn': 'EVPN',
};

/** Families in whose own block a line about the neighbour, or about a group of it, stands. */
const familiesOf = (blocks: ReadonlySet<number>, process: Process, neighbour: Neighbour): readonly AddressFamily[] => [
  ...new Set(
    ancestryOf(process, neighbour).flatMap(({ families }) =>
      // Lines outside of any block hold in all families (EOS) or in the default one, and ask for no activation.
      [...families].filter(([, settings]) => blocks.has(settings.span.line)).map(([family]) => family),
    ),
  ),
];

/** Lines that stand in the block of an address family. */
const familyLines = (config: ParsedConfig): ReadonlySet<number> =>
  new Set(
    commandsOf(config)
      .filter(({ path }) => path.at(-1)?.words[0] === 'address-family')
      .map(({ statement }) => statement.span.line),
  );

/** `neighbor X activate` as the first line of the family's block, where that stands in the text. */
function activation(config: ParsedConfig, neighbour: Neighbour, family: AddressFamily): Fix | undefined {
  const afi = family === 'ipv6-unicast' ? 'ipv6' : family === 'ipv4-unicast' ? 'ipv4' : undefined;
  const line = commandsOf(config).find(
    ({ words, path, negated }) =>
      !negated &&
      words[0] === 'neighbor' &&
      words[1] === neighbour.id &&
      path.at(-1)?.words[0] === 'address-family' &&
      path.at(-1)?.words[1] === afi,
  )?.statement.span.line;
  if (line === undefined) return undefined;
  const indent = /^\s*/.exec(config.tree.lines[line] ?? '')?.[0] ?? ' ';
  const edits = [insertAfter(config, line, [`${indent}neighbor ${neighbour.id} activate`])];
  return { title: `Activate ${neighbour.id} in ${titles[family] ?? family}`, edits, safe: false };
}

export default rule({
  id: 'neighbour-not-activated',
  number: 29,
  priority: 'P1',
  scope: 'device',
  title: 'BGP neighbour not activated',
  why: 'Settings in an address family do nothing until the neighbour is activated there. The session comes up, or seems to, and exchanges no route.',
  sources: [
    'Cisco IOS BGP command reference, neighbor activate',
    'Arista EOS manual, neighbor activate',
    'RFC 4760 (multiprotocol extensions)',
  ],
  remedy: 'Add `neighbor X activate` in the address family, or remove its settings there.',
  check: ({ device, config }) => {
    if (!systemOf(config.dialect).activatesNeighbours) return [];
    const blocks = familyLines(config);
    return neighboursOf(device).flatMap(({ process, neighbour }): RawFinding[] => {
      if (!remoteAsOf(process, neighbour) || isShutdown(process, neighbour)) return [];
      const families = familiesOf(blocks, process, neighbour);
      const all = new Set<AddressFamily>([...families, 'ipv4-unicast', 'ipv6-unicast']);
      const active = [...all].filter((family) => isActive(config, process, neighbour, family));
      const key = `${process.vrf} ${neighbour.id}`;
      const silent = families.filter((family) => {
        const setting = familySetting(process, neighbour, family, (from) => from.activate);
        // `no neighbor X activate` is a decision, not an omission.
        return family !== 'other' && !active.includes(family) && setting === undefined;
      });
      const found = silent.map((family): RawFinding => {
        const fix = activation(config, neighbour, family);
        const span = neighbour.families.get(family)?.span ?? neighbour.span;
        return {
          span: head(span),
          message: `${neighbour.id} has settings in ${titles[family] ?? family} but is not activated there${inVrf(process.vrf)}`,
          key: `${key} ${family}`,
          ...(fix && { fix }),
        };
      });
      if (found.length > 0 || active.length > 0 || families.length > 0) return found;
      const hint = parseIp(neighbour.id)?.version === 6 ? 'IPv6' : 'IPv4';
      return [
        {
          span: neighbour.remoteAs?.span ?? head(neighbour.span),
          message: `${neighbour.id} is activated in no address family: it exchanges no ${hint} routes${inVrf(process.vrf)}`,
          key,
        },
      ];
    });
  },
});
