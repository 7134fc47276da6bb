import type { Device } from '../../config/device/device.ts';
import type { Span } from '../../config/span.ts';
import { familySetting, inVrf, neighboursOf } from '../bgp.ts';
import { commandsOf } from '../commands.ts';
import { own, standIn, undoing, withoutLine } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

interface Origin {
  /** Stable name of what is originated. */
  readonly key: string;
  readonly title: string;
  readonly effect: string;
  readonly span: Span;
}

const isDefault = (prefix: string): boolean => prefix === '0.0.0.0/0' || prefix === '::/0';

const summaryEffect = 'the more specific routes are advertised instead, or nothing is';
const defaultEffect = 'who follows it loses every destination without a route of its own';

const unique = (origins: readonly Origin[]): Origin[] =>
  [...new Map(origins.toReversed().map((origin) => [origin.key, origin])).values()].reverse();

const originsOf = (device: Device): readonly Origin[] =>
  unique([
    ...device.bgp.flatMap(({ vrf, families }) =>
      [...families.values()].flatMap(({ family, aggregates, defaultInformationOriginate }) => [
        ...aggregates.map(({ prefix, span }) => ({
          key: `aggregate ${vrf} ${prefix}`,
          title: `the aggregate ${prefix}${inVrf(vrf)}`,
          effect: summaryEffect,
          span,
        })),
        ...(defaultInformationOriginate?.value
          ? [
              {
                key: `bgp default ${vrf} ${family}`,
                title: `the default route of BGP${inVrf(vrf)}`,
                effect: defaultEffect,
                span: defaultInformationOriginate.span,
              },
            ]
          : []),
      ]),
    ),
    ...neighboursOf(device).flatMap(({ process, neighbour }) =>
      (['ipv4-unicast', 'ipv6-unicast'] as const).flatMap((family) => {
        const setting = familySetting(process, neighbour, family, (from) => from.defaultOriginate);
        if (!setting) return [];
        const key = `default-originate ${process.vrf} ${neighbour.id} ${family}`;
        return [
          {
            key,
            title: `the default route sent to ${neighbour.id}${inVrf(process.vrf)}`,
            effect: defaultEffect,
            span: setting.value.span,
          },
        ];
      }),
    ),
    ...device.staticRoutes
      .filter(({ nextHop, prefix }) => nextHop.drop !== undefined || isDefault(prefix))
      .map(({ vrf, prefix, nextHop, span }) =>
        nextHop.drop !== undefined
          ? {
              key: `discard ${vrf} ${prefix}`,
              title: `the discard route ${prefix}${inVrf(vrf)}`,
              effect: 'what is advertised because of it goes, or loops back through the default route',
              span,
            }
          : {
              key: `static default ${vrf} ${prefix}`,
              title: `the static default route${inVrf(vrf)}`,
              effect: defaultEffect,
              span,
            },
      ),
    ...device.aggregateRoutes.map(({ vrf, prefix, span }) => ({
      key: `aggregate route ${vrf} ${prefix}`,
      title: `the aggregate ${prefix}${inVrf(vrf)}`,
      effect: summaryEffect,
      span,
    })),
    ...device.ospf.flatMap(({ id, vrf, defaultOriginate, summaries }) => [
      ...(defaultOriginate
        ? [
            {
              key: `ospf default ${id} ${vrf}`,
              title: `the default route of OSPF ${id}${inVrf(vrf)}`,
              effect: defaultEffect,
              span: defaultOriginate.span,
            },
          ]
        : []),
      ...summaries.map(({ prefix, span }) => ({
        key: `ospf summary ${id} ${vrf} ${prefix}`,
        title: `the OSPF summary ${prefix}${inVrf(vrf)}`,
        effect: summaryEffect,
        span,
      })),
    ]),
    ...device.isis.flatMap(({ id, defaultOriginate, summaries }) => [
      ...(defaultOriginate
        ? [
            {
              key: `isis default ${id}`,
              title: `the default route of IS-IS ${id}`,
              effect: defaultEffect,
              span: defaultOriginate.span,
            },
          ]
        : []),
      ...summaries.map(({ prefix, span }) => ({
        key: `isis summary ${id} ${prefix}`,
        title: `the IS-IS summary ${prefix}`,
        effect: summaryEffect,
        span,
      })),
    ]),
  ]);

interface Removal {
  readonly expression: RegExp;
  readonly title: (groups: readonly string[]) => string;
  readonly effect: string;
  /** The key of the same thing in the model begins and ends like this; with it still there the line takes nothing away. */
  readonly stands: (groups: readonly string[]) => RegExp;
}

/** Lines that take an aggregate, a discard route or a default away; tested on the words behind `no`. */
const removals: readonly Removal[] = [
  {
    expression: /^(?:ipv6 )?aggregate-address (\S+)/,
    title: ([prefix]) => `the aggregate ${prefix}`,
    effect: summaryEffect,
    stands: ([prefix = '']) => new RegExp(`^aggregate \\S+ ${literally(prefix)}$`),
  },
  {
    expression: /^(?:ip|ipv6) route (?:vrf \S+ )?(\S+)(?: \d+\.\d+\.\d+\.\d+)? (?:Null ?0|blackhole|reject|discard)\b/i,
    title: ([prefix]) => `the discard route ${prefix}`,
    effect: 'what is advertised because of it goes, or loops back through the default route',
    stands: ([prefix = '']) => new RegExp(`^discard \\S+ ${literally(prefix)}`),
  },
  {
    expression: /^(?:ip|ipv6) route (?:vrf \S+ )?(?:0\.0\.0\.0\/0|::\/0|0\.0\.0\.0 0\.0\.0\.0)(?: |$)/,
    title: () => 'the static default route',
    effect: defaultEffect,
    stands: () => /^static default /,
  },
  {
    expression: /^neighbor (\S+) default-originate/,
    title: ([peer]) => `the default route sent to ${peer}`,
    effect: defaultEffect,
    stands: ([peer = '']) => new RegExp(`^default-originate \\S+ ${literally(peer)} `),
  },
  {
    expression: /^default-information originate/,
    title: () => 'the default route of this process',
    effect: defaultEffect,
    stands: () => /^(?:ospf|isis|bgp) default /,
  },
];

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Networks that BGP announces for a discard route or as the default: what carries everything below them. */
function announced(device: Device): readonly Origin[] {
  const discards = new Set(
    device.staticRoutes
      .filter(({ nextHop }) => nextHop.drop !== undefined)
      .map(({ vrf, prefix }) => `${vrf} ${prefix}`),
  );
  return device.bgp.flatMap(({ vrf, families }) =>
    [...families.values()].flatMap(({ networks }) =>
      networks
        .filter(({ prefix }) => isDefault(prefix) || discards.has(`${vrf} ${prefix}`))
        .map(({ prefix, span }) => ({
          key: `network ${vrf} ${prefix}`,
          title: `the announcement of ${prefix}${inVrf(vrf)}`,
          effect: isDefault(prefix) ? defaultEffect : 'nothing of it is announced any more, or its parts are',
          span,
        })),
    ),
  );
}

export default rule({
  id: 'aggregate-or-default-removed',
  number: 18,
  priority: 'P0',
  scope: 'device',
  title: 'Aggregate, discard route or default route removed',
  why: 'One summary or default carries the reachability of many networks. Without it neighbours lose them all at once, or see a flood of more specific routes; without the discard route traffic to unused parts loops.',
  sources: ['RFC 4632 section 5.1 (discard route for an aggregate)', 'RFC 7454, BGP operations and security'],
  remedy: 'Put the replacement in place first, and check on the neighbours that they use it.',
  check: ({ config, before }) => {
    const now = [...originsOf(config.device), ...announced(config.device)];
    const nowKeys = new Set(now.map(({ key }) => key));
    const findings = (before ? [...originsOf(before.device), ...announced(before.device)] : [])
      .filter(({ key }) => !nowKeys.has(key) && !(key.startsWith('network ') && isAnnounced(config.device, key)))
      // A neighbour that is gone takes its default route with it; that is the neighbour's removal.
      .filter(({ key }) => !key.startsWith('default-originate') || hasNeighbour(config.device, key.split(' ')[2] ?? ''))
      .map((origin): RawFinding => {
        const { span, fix } = undoing(before!, origin.span.line, config, standIn(before!, origin.span.line, config));
        return { span, message: `removes ${origin.title}: ${origin.effect}`, key: origin.key, ...(fix && { fix }) };
      });
    const lines = new Set(findings.map(({ span }) => span.line));
    const negated = commandsOf(config).flatMap((command): RawFinding[] => {
      if (!command.negated || lines.has(command.statement.span.line)) return [];
      const text = command.words.join(' ');
      const removal = removals.find(({ expression }) => expression.test(text));
      const groups = removal?.expression.exec(text)?.slice(1) ?? [];
      if (!removal || now.some(({ key }) => removal.stands(groups).test(key))) return [];
      return [
        {
          span: own(command),
          message: `removes ${removal.title(groups)}: ${removal.effect}`,
          key: `no ${text}`,
          fix: withoutLine(config, command),
        },
      ];
    });
    return [...findings, ...negated];
  },
});

/** The network is still announced, though its discard route is gone, which is said of that. */
const isAnnounced = (device: Device, key: string): boolean =>
  device.bgp.some(({ vrf, families }) =>
    [...families.values()].some(({ networks }) => networks.some(({ prefix }) => key === `network ${vrf} ${prefix}`)),
  );

const hasNeighbour = (device: Device, id: string): boolean => device.bgp.some(({ neighbours }) => neighbours.has(id));
