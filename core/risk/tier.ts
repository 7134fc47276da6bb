import { alternativesLost, tablesWithoutPaths } from './alternatives.ts';
import { classifyChange, isCore } from './change-class.ts';
import { disturbedRoutes } from './disturbed-routes.ts';
import { isCosmetic } from './effect-of-lines.ts';
import type { RiskInputs } from './inputs.ts';
import { sameMeaning } from './meaning.ts';
import { settingsLeftOut } from './not-simulated.ts';
import { outsideEffects } from './outside.ts';
import { protectionChanges } from './protective-lines.ts';
import { takeovers } from './takeover.ts';

/** From the least to the greatest. */
export const TIERS = ['low', 'medium', 'high', 'critical'] as const;
export type Tier = (typeof TIERS)[number];

export interface RiskRule {
  readonly id: string;
  readonly title: string;
  /** The least tier of a change to which the rule applies. */
  readonly tier: Tier;
  /** What speaks for the rule, one sentence each; the rule applies when there is anything. */
  readonly facts: (inputs: RiskInputs) => readonly string[];
}

/** A rule's answer, with what it was given. */
export interface RiskAnswer {
  readonly id: string;
  readonly title: string;
  readonly tier: Tier;
  readonly applies: boolean;
  readonly inputs: readonly string[];
}

export interface Risk {
  readonly tier: Tier;
  readonly rules: readonly RiskAnswer[];
}

const isDefault = (prefix: string): boolean => prefix === '0.0.0.0/0' || prefix === '::/0';

const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** At most this many facts of a rule are written out. */
const MOST_FACTS = 20;

const RULES: readonly RiskRule[] = [
  {
    id: 'routes-removed',
    title: 'Routes are removed',
    tier: 'medium',
    facts: ({ diff }) =>
      countByNode(
        diff.routes.filter(({ kind }) => kind === 'removed'),
        'route',
        'removed',
      ),
  },
  {
    id: 'best-paths-moved',
    title: 'Routes lead elsewhere than before',
    tier: 'medium',
    facts: (inputs) =>
      countByNode(
        disturbedRoutes(inputs.diff).filter(({ kind }) => kind === 'changed'),
        'route',
        'with other next hops',
      ),
  },
  {
    id: 'traffic-taken-over',
    title: 'A more specific route takes traffic that another one delivered',
    tier: 'medium',
    facts: (inputs) =>
      takeovers(inputs).map(
        ({ node, vrf, prefix, from }) => `${node} (VRF ${vrf}): ${prefix} takes traffic of ${from}`,
      ),
  },
  {
    id: 'alternatives-lost',
    title: 'A route loses its last alternative',
    tier: 'medium',
    facts: ({ stateBefore, stateAfter }) =>
      alternativesLost(stateBefore, stateAfter).map(
        ({ node, vrf, prefixes: [first, ...more] }) =>
          `${node} (VRF ${vrf}): ${first}${more.length > 0 ? ` and ${more.length} more` : ''} can be reached by one neighbour where there were several`,
      ),
  },
  {
    id: 'alternatives-unknown',
    title: 'Whether routes keep their alternatives cannot be seen',
    tier: 'medium',
    // A change of words alone takes no path away.
    facts: (inputs) =>
      effective(inputs).length === 0
        ? []
        : tablesWithoutPaths(inputs.stateAfter).map(
            ({ node, vrf }) => `${node} (VRF ${vrf}): the twin does not tell its BGP paths beside the best ones`,
          ),
  },
  {
    id: 'default-route',
    title: 'A default route is added, removed or moved',
    tier: 'high',
    facts: ({ diff }) =>
      diff.routes
        .filter(({ prefix }) => isDefault(prefix))
        .map(({ node, vrf, prefix, kind }) => `${node} (VRF ${vrf}): ${prefix} ${kind}`),
  },
  {
    id: 'wide-disturbance',
    title: 'A quarter of the devices or more, and at least three, lose or move routes',
    tier: 'high',
    facts: (inputs) => {
      const nodes = new Set(disturbedRoutes(inputs.diff).map(({ node }) => node));
      const total = inputs.after.nodes.size;
      return nodes.size >= 3 && nodes.size * 4 >= total
        ? [`${nodes.size} of ${plural(total, 'device')}: ${[...nodes].sort().join(', ')}`]
        : [];
    },
  },
  {
    id: 'session-lost',
    title: 'A session or an adjacency goes down',
    tier: 'critical',
    facts: ({ diff }) => [
      ...diff.sessions
        .filter(({ kind }) => kind === 'lost')
        .map(({ node, peer, after }) => `${node} - ${peer}: ${after?.reason?.text ?? 'down'}`),
      ...diff.adjacencies
        .filter(({ kind }) => kind === 'lost')
        .map(
          ({ before }) =>
            `${before?.node} ${before?.interface} - ${before?.peerNode}: ${before?.protocol} adjacency down`,
        ),
    ],
  },
  {
    id: 'session-removed',
    title: 'A session or an adjacency that was up is no longer configured',
    tier: 'high',
    facts: ({ diff }) => [
      ...diff.sessions
        .filter(({ kind, before }) => kind === 'removed' && before?.state === 'established')
        .map(({ node, peer }) => `${node} - ${peer}`),
      ...diff.adjacencies
        .filter(({ kind, before }) => kind === 'removed' && before?.state === 'up')
        .map(({ before }) => `${before?.node} ${before?.interface} - ${before?.peerNode} (${before?.protocol})`),
    ],
  },
  {
    id: 'session-changed',
    title: 'Sessions are added or changed',
    tier: 'medium',
    facts: ({ diff }) =>
      diff.sessions
        .filter(({ kind }) => kind === 'added' || kind === 'changed' || kind === 'established')
        .map(({ node, peer, kind }) => `${node} - ${peer}: ${kind}`),
  },
  {
    id: 'outside-neighbour',
    title: 'The effect on a neighbour outside of the lab cannot be seen',
    tier: 'medium',
    facts: (inputs) => outsideEffects(inputs).map(({ node, peer, reason }) => `${node} - ${peer}: ${reason}`),
  },
  {
    id: 'as-number',
    title: 'An AS number changes',
    tier: 'critical',
    facts: (inputs) => factsOfClass(inputs, 'asn'),
  },
  {
    id: 'route-distinguisher-or-target',
    title: 'A route distinguisher or route target changes',
    tier: 'critical',
    facts: (inputs) => factsOfClass(inputs, 'rd_rt'),
  },
  {
    id: 'core-device',
    title: 'Routing configuration of a core device changes',
    tier: 'medium',
    facts: (inputs) => factsOfClass(inputs, 'spine'),
  },
  {
    id: 'underlay',
    title: 'An interior protocol or a linked interface changes',
    tier: 'medium',
    facts: (inputs) => factsOfClass(inputs, 'underlay'),
  },
  {
    id: 'all-core-devices',
    title: 'The same change touches every core device',
    tier: 'high',
    facts: (inputs) => {
      const core = [...inputs.after.nodes.keys()].filter((node) => isCore(inputs.after, node));
      const touched = new Set(effective(inputs).map(({ node }) => node));
      return core.length >= 2 && core.every((node) => touched.has(node)) ? [core.join(', ')] : [];
    },
  },
  {
    id: 'setting-not-simulated',
    title: 'Settings change that have no effect in the twin',
    tier: 'medium',
    facts: (inputs) =>
      pairs(inputs).flatMap(({ node, old, now }) => settingsLeftOut(old, now).map((setting) => `${node}: ${setting}`)),
  },
  {
    id: 'packet-filter',
    title: 'Access lists change, and the twin does not forward packets',
    tier: 'medium',
    facts: (inputs) =>
      pairs(inputs).flatMap(({ node, old, now }) => {
        // Where a list is used by something that is not modelled cannot be seen, so every list counts.
        const filters = (device: typeof old) => [
          device.accessLists,
          [...device.interfaces.values()].flatMap(({ name, accessGroups }) =>
            accessGroups.length > 0 ? [[name, accessGroups]] : [],
          ),
        ];
        return sameMeaning(filters(old), filters(now))
          ? []
          : [`${node}: access lists or their use on interfaces change`];
      }),
  },
  {
    id: 'layer-2',
    title: 'Switching changes, and the twin shows it only where it carries routes',
    tier: 'medium',
    facts: (inputs) =>
      pairs(inputs).flatMap(({ node, old, now }) => {
        const switching = (device: typeof old) => [
          [...device.vlans.keys()].sort((a, b) => a - b),
          [...device.interfaces.values()]
            .filter(({ switchport }) => switchport)
            .map(({ name, switchport }) => [name, switchport]),
        ];
        return sameMeaning(switching(old), switching(now)) ? [] : [`${node}: VLANs or switch ports change`];
      }),
  },
  {
    id: 'management-access',
    title: 'Access to the management of a device changes',
    tier: 'medium',
    facts: (inputs) =>
      pairs(inputs).flatMap(({ node, old, now }) => {
        const access = (device: typeof old) => [
          device.management.lines,
          device.management.aaaServers,
          device.management.aaaLines,
          device.management.users,
          device.management.secrets,
          device.management.snmpCommunities,
          device.management.snmpUsers,
        ];
        return sameMeaning(access(old), access(now)) ? [] : [`${node}: management lines, users, AAA or SNMP change`];
      }),
  },
  {
    id: 'protection',
    title: 'Lines that protect a device, or carry frames and tunnels, change, and no test shows their effect',
    tier: 'medium',
    facts: ({ devices, before, after }) =>
      devices.flatMap(({ node }) => {
        const [old, now] = [before.nodes.get(node)?.config, after.nodes.get(node)?.config];
        return old && now ? protectionChanges(old, now).map((title) => `${node}: ${title}`) : [];
      }),
  },
  {
    id: 'devices-added-or-removed',
    title: 'A device is added or removed',
    tier: 'high',
    facts: ({ devices }) =>
      devices.filter(({ kind }) => kind !== 'changed').map(({ node, kind }) => `${node}: ${kind}`),
  },
  {
    id: 'links-changed',
    title: 'Links of the topology change',
    tier: 'high',
    facts: ({ before, after }) => {
      // Inferred links follow from the configurations and are judged with them.
      const declared = (links: typeof before.links) =>
        links
          .filter(({ source }) => source !== 'inferred')
          .map(({ a, b }) => [`${a.node}:${a.interface}`, `${b.node}:${b.interface}`].sort().join(' - '));
      const [old, now] = [new Set(declared(before.links)), new Set(declared(after.links))];
      return [
        ...[...old].filter((link) => !now.has(link)).map((link) => `${link}: removed`),
        ...[...now].filter((link) => !old.has(link)).map((link) => `${link}: added`),
      ];
    },
  },
];

function countByNode(
  changes: readonly { readonly node: string; readonly vrf: string }[],
  one: string,
  what: string,
): readonly string[] {
  const counts = new Map<string, number>();
  for (const { node, vrf } of changes)
    counts.set(`${node} (VRF ${vrf})`, (counts.get(`${node} (VRF ${vrf})`) ?? 0) + 1);
  return [...counts].map(([where, count]) => `${where}: ${plural(count, one)} ${what}`);
}

const factsOfClass = (inputs: RiskInputs, wanted: string): readonly string[] =>
  classifyChange(inputs)
    .filter((found) => found.class === wanted)
    .map(({ node, reason }) => `${node}: ${reason}`);

/** The changed devices but for those where only comments, descriptions and the like change. */
const effective = ({ devices, before, after }: RiskInputs) =>
  devices.filter(
    (change) => !isCosmetic(change, before.nodes.get(change.node)?.config, after.nodes.get(change.node)?.config),
  );

const pairs = (inputs: RiskInputs) =>
  inputs.devices.flatMap(({ node }) => {
    const [old, now] = [inputs.before.nodes.get(node)?.config.device, inputs.after.nodes.get(node)?.config.device];
    return old && now ? [{ node, old, now }] : [];
  });

/** Asks every rule. The tier is the highest of those that apply; a change to which none applies is low. */
export function decideRisk(inputs: RiskInputs): Risk {
  const rules = RULES.map(({ id, title, tier, facts }): RiskAnswer => {
    const found = facts(inputs);
    const more = found.length > MOST_FACTS ? [`and ${found.length - MOST_FACTS} more`] : [];
    return { id, title, tier, applies: found.length > 0, inputs: [...found.slice(0, MOST_FACTS), ...more] };
  });
  const highest = Math.max(0, ...rules.filter(({ applies }) => applies).map(({ tier }) => TIERS.indexOf(tier)));
  return { tier: TIERS[highest] ?? 'critical', rules };
}

/** Every rule that is asked, for documentation. */
export const riskRules: readonly Pick<RiskRule, 'id' | 'title' | 'tier'>[] = RULES;
