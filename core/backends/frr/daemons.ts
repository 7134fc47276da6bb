import type { Device } from '../../config/device/device.ts';
import { type ConfigTree, type Statement, statementText } from '../../config/tree.ts';

/** A daemon of FRR that can run in a twin. */
export type Daemon =
  | 'zebra'
  | 'mgmtd'
  | 'staticd'
  | 'bgpd'
  | 'ospfd'
  | 'ospf6d'
  | 'isisd'
  | 'ripd'
  | 'ripngd'
  | 'eigrpd'
  | 'bfdd';

/** What a device asks of the twin: the facts that decide which daemons it needs. */
export type RoutingNeeds = Pick<Device, 'staticRoutes' | 'bgp' | 'ospf' | 'isis' | 'eigrp' | 'rip'>;

interface DaemonRow {
  readonly daemon: Daemon;
  readonly neededBy: (device: RoutingNeeds) => boolean;
  /** First words of the top-level commands that only this daemon understands. */
  readonly commands: readonly string[];
}

/** In the order in which they start. `mgmtd` (FRR 9.1 and later) is started wherever it is installed. */
const DAEMONS: readonly DaemonRow[] = [
  { daemon: 'zebra', neededBy: () => true, commands: [] },
  { daemon: 'staticd', neededBy: ({ staticRoutes }) => staticRoutes.length > 0, commands: ['ip route', 'ipv6 route'] },
  { daemon: 'bgpd', neededBy: ({ bgp }) => bgp.length > 0, commands: ['router bgp'] },
  { daemon: 'ospfd', neededBy: ({ ospf }) => ospf.some(({ version }) => version === 2), commands: ['router ospf'] },
  { daemon: 'ospf6d', neededBy: ({ ospf }) => ospf.some(({ version }) => version === 3), commands: ['router ospf6'] },
  { daemon: 'isisd', neededBy: ({ isis }) => isis.length > 0, commands: ['router isis'] },
  { daemon: 'ripd', neededBy: ({ rip }) => rip.length > 0, commands: ['router rip'] },
  { daemon: 'ripngd', neededBy: () => false, commands: ['router ripng'] },
  { daemon: 'eigrpd', neededBy: ({ eigrp }) => eigrp.length > 0, commands: ['router eigrp'] },
  { daemon: 'bfdd', neededBy: ({ bgp }) => bgp.some(usesBfd), commands: ['bfd'] },
];

const usesBfd = ({ neighbours, groups }: RoutingNeeds['bgp'][number]): boolean =>
  [...neighbours.values(), ...groups.values()].some(({ bfd }) => bfd?.value === true);

const startsWith = (statement: Statement, command: string): boolean =>
  command.split(' ').every((word, at) => statement.words[at]?.text.toLowerCase() === word);

/** Daemons that a device needs, in the order in which they start. */
export function daemonsFor(device: RoutingNeeds, tree?: ConfigTree): readonly Daemon[] {
  return DAEMONS.filter(
    ({ neededBy, commands }) =>
      neededBy(device) ||
      (tree?.statements ?? []).some((statement) => commands.some((command) => startsWith(statement, command))),
  ).map(({ daemon }) => daemon);
}

/** Commands of daemons that do not run in a twin: the lines below them have no effect there. */
const NOT_STARTED: readonly { readonly command: string; readonly what: string }[] = [
  { command: 'mpls ldp', what: 'label distribution (ldpd)' },
  { command: 'router pim', what: 'multicast routing (pimd)' },
  { command: 'ip pim', what: 'multicast routing (pimd)' },
  { command: 'ip multicast', what: 'multicast routing (pimd)' },
  { command: 'ip igmp', what: 'multicast group membership (pimd)' },
  { command: 'router babel', what: 'Babel (babeld)' },
  { command: 'router openfabric', what: 'OpenFabric (fabricd)' },
  { command: 'pbr-map', what: 'policy-based routing (pbrd)' },
  { command: 'pbr-policy', what: 'policy-based routing (pbrd)' },
  { command: 'vrrp', what: 'VRRP (vrrpd)' },
  { command: 'nhrp', what: 'NHRP (nhrpd)' },
  { command: 'ip nhrp', what: 'NHRP (nhrpd)' },
  { command: 'segment-routing', what: 'segment routing policies (pathd)' },
];

/** Lines of an FRR configuration that need a daemon which the twin does not run: text, zero-based line and what is missing. */
export function withoutDaemon(
  tree: ConfigTree,
): readonly { readonly statement: Statement; readonly text: string; readonly what: string }[] {
  const all = (statements: readonly Statement[]): readonly Statement[] =>
    statements.flatMap((statement) => [statement, ...all(statement.children)]);
  return all(tree.statements).flatMap((statement) => {
    const row = NOT_STARTED.find(({ command }) => startsWith(statement, command));
    return row ? [{ statement, text: statementText(statement), what: row.what }] : [];
  });
}
