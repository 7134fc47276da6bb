import { parseIp } from '../../config/address.ts';
import type { Span } from '../../config/span.ts';
import type { ParsedConfig } from '../../network/snapshot.ts';
import { beginsWith, type Command, commandsOf } from '../commands.ts';
import { replaceSpan } from '../edits.ts';
import { isFragment } from '../fragment.ts';
import { probablyMeant } from '../names.ts';
import { type Priority, type RawFinding, rule } from '../rule.ts';
import { systemOf } from '../systems.ts';

/** A use of a name that nothing declares. */
interface Use {
  readonly kind: 'vrf' | 'vrf-family' | 'peer-group' | 'aaa-group';
  readonly name: string;
  readonly span: Span;
  /** Where it is used, for recognising it again. */
  readonly where: string;
  readonly known: ReadonlySet<string>;
}

const titles = {
  vrf: 'VRF',
  'vrf-family': 'The address family',
  'peer-group': 'Peer group',
  'aaa-group': 'Server group',
} as const;

const effects: Readonly<Record<Use['kind'], { readonly text: string; readonly priority: Priority }>> = {
  vrf: { text: 'refuses the line, or the interface has no address and no routes', priority: 'P0' },
  'vrf-family': { text: 'takes no address of the family on an interface in the VRF', priority: 'P0' },
  'peer-group': { text: 'refuses every line about it, and its members have no session', priority: 'P0' },
  'aaa-group': { text: 'asks no server of it, and goes on to the next method of the list', priority: 'P1' },
};

const spanOfWord = (command: Command, text: string): Span => {
  const { span, words } = command.statement;
  const word = words.findLast((one) => one.text === text);
  return word ? { ...span, line: word.line ?? span.line, start: word.start, end: word.end } : span;
};

/** VRFs are tables of the kernel for FRR, and need no line in its configuration. */
function undefinedVrfs({ device, dialect }: ParsedConfig): readonly Use[] {
  if (dialect === 'frr') return [];
  const known = new Set(device.definitions.flatMap(({ kind, name }) => (kind === 'vrf' ? [name] : [])));
  return device.references.flatMap(({ kind, name, span }): readonly Use[] =>
    kind === 'vrf' && !known.has(name) && name !== 'default' && name !== 'global'
      ? [{ kind, name, span, where: '', known }]
      : [],
  );
}

/** `vrf definition` of IOS has no family of addresses until one is opened in it; `ip vrf` is of IPv4 by itself. */
function missingFamilies(config: ParsedConfig): readonly Use[] {
  if (config.dialect !== 'ios') return [];
  const commands = commandsOf(config).filter(({ negated }) => !negated);
  const definitions = new Set(
    commands.flatMap((command) => (beginsWith(command, 'vrf', 'definition') ? [command.words[2] ?? ''] : [])),
  );
  const opened = new Set(
    commands.flatMap(({ words, path }) =>
      words[0] === 'address-family' && path[0] && beginsWith(path[0], 'vrf', 'definition')
        ? [`${words[1]} ${path[0].words[2]}`]
        : [],
    ),
  );
  const vrfOf = new Map(
    commands.flatMap((command) =>
      command.path.length === 1 && beginsWith(command, 'vrf', 'forwarding')
        ? [[command.path[0], command.words[2] ?? ''] as const]
        : [],
    ),
  );
  return commands.flatMap((command): readonly Use[] => {
    const vrf = command.path.length === 1 ? vrfOf.get(command.path[0] as Command) : undefined;
    const family = command.words[0] === 'ip' ? 'ipv4' : command.words[0] === 'ipv6' ? 'ipv6' : undefined;
    if (vrf === undefined || !family || command.words[1] !== 'address' || !definitions.has(vrf)) return [];
    if (opened.has(`${family} ${vrf}`)) return [];
    const where = command.path[0]?.words.join(' ') ?? '';
    return [
      { kind: 'vrf-family', name: `${family} of VRF ${vrf}`, span: command.statement.span, where, known: new Set() },
    ];
  });
}

/** `neighbor NAME peer-group` (IOS, FRR) and `neighbor NAME peer group` (EOS) make a group; no other line does. */
const declaresGroup = ({ words }: Command): boolean =>
  words[0] === 'neighbor' &&
  ((words.length === 3 && words[2] === 'peer-group') ||
    (words.length === 4 && words[2] === 'peer' && words[3] === 'group'));

/** The group that a neighbour, or a range of neighbours, is put into. */
function groupOf({ words }: Command): string | undefined {
  const at = words.indexOf('peer-group');
  const spaced = words.findIndex((word, index) => word === 'peer' && words[index + 1] === 'group');
  return at >= 2 ? words[at + 1] : spaced >= 2 ? words[spaced + 2] : undefined;
}

function undeclaredGroups(config: ParsedConfig): readonly Use[] {
  if (!['ios', 'eos', 'frr'].includes(config.dialect)) return [];
  const commands = commandsOf(config).filter(
    (command) => !command.negated && command.path[0] !== undefined && beginsWith(command.path[0], 'router', 'bgp'),
  );
  const lines = commands.filter(
    (command) => command.words[0] === 'neighbor' || beginsWith(command, 'bgp', 'listen', 'range'),
  );
  const known = new Set(lines.flatMap((command) => (declaresGroup(command) ? [command.words[1] ?? ''] : [])));
  // A session over an interface has the interface's name in the place of an address.
  const interfaces = new Set(
    lines.flatMap(({ words }) => (words[0] === 'neighbor' && words[2] === 'interface' ? [words[1] ?? ''] : [])),
  );
  const found = new Map<string, Use>();
  const use = (command: Command, name: string | undefined): void => {
    if (name === undefined || known.has(name) || interfaces.has(name) || found.has(name)) return;
    found.set(name, { kind: 'peer-group', name, span: spanOfWord(command, name), where: '', known });
  };
  for (const command of lines) {
    if (declaresGroup(command)) continue;
    const [first, second = ''] = command.words;
    if (first === 'neighbor' && second !== 'interface' && parseIp(second) === undefined && !/^(?:\d|\S*:)/.test(second))
      use(command, second);
    use(command, groupOf(command));
  }
  return [...found.values()];
}

/** Methods that are no groups of the site's own (Cisco IOS, NX-OS and Arista EOS: `group radius`, `group tacacs+`). */
const BUILT_IN_GROUPS: readonly string[] = ['radius', 'tacacs+', 'ldap'];

function undefinedServerGroups(config: ParsedConfig): readonly Use[] {
  if (!['ios', 'eos', 'nxos', 'iosxr'].includes(config.dialect)) return [];
  const commands = commandsOf(config).filter(({ words, negated }) => words[0] === 'aaa' && !negated);
  const known = new Set(
    commands.flatMap((command) => (beginsWith(command, 'aaa', 'group', 'server') ? [command.words[4] ?? ''] : [])),
  );
  return commands.flatMap((command): readonly Use[] => {
    const { words } = command;
    if (words[1] === 'group') return [];
    return words.flatMap((word, at) => {
      const name = words[at + 1];
      if (word !== 'group' || name === undefined || known.has(name) || BUILT_IN_GROUPS.includes(name)) return [];
      return [
        {
          kind: 'aaa-group',
          name,
          span: spanOfWord(command, name),
          where: words.slice(1, 4).join(' '),
          known,
        } as const,
      ];
    });
  });
}

export default rule({
  id: 'undefined-name',
  number: 48,
  priority: 'P0',
  scope: 'device',
  title: 'Reference to a VRF, a peer group or a server group that is not defined',
  why: 'A definition that is taken away, or a slip in a name, leaves lines that hang in the air: an interface in a VRF that does not exist has no address, members of a peer group that was never made have no session, and logins fall back to the next method.',
  sources: [
    'Cisco IOS command reference, vrf forwarding',
    'FRR documentation, BGP, peer groups',
    'Cisco IOS Security command reference, aaa group server',
  ],
  remedy: 'Define the name in the same change, or correct it.',
  check: (context) => {
    const { config } = context;
    // In a piece of configuration the definition may be one that the device has already.
    if (isFragment(context)) return [];
    return [
      ...undefinedVrfs(config),
      ...missingFamilies(config),
      ...undeclaredGroups(config),
      ...undefinedServerGroups(config),
    ].map(({ kind, name, span, where, known }): RawFinding => {
      const meant = probablyMeant(name, known);
      const { text, priority } = effects[kind];
      return {
        span,
        priority,
        message: `${titles[kind]} ${name} is not defined: ${systemOf(config.dialect).title} ${text}`,
        key: `${kind} ${name} ${where}`,
        ...(meant && {
          fix: { title: `Use ${meant}`, edits: [replaceSpan(span.line, span.start, span.end, meant)], safe: false },
        }),
      };
    });
  },
});
