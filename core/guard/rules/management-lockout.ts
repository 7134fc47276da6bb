import type { Device } from '../../config/device/device.ts';
import { isShutdown } from '../../network/interfaces.ts';
import type { ParsedConfig } from '../../network/snapshot.ts';
import { type Command, commandsOf } from '../commands.ts';
import { replaceSpan } from '../edits.ts';
import { isFragment } from '../fragment.ts';
import { isManagementPort } from '../management.ts';
import { head, own, standIn, undoing, withoutLine } from '../restore.ts';
import { type DeviceContext, type RawFinding, rule } from '../rule.ts';
import { systemOf } from '../systems.ts';

type Interface = Device['interfaces'] extends ReadonlyMap<string, infer I> ? I : never;

const managementPorts = (device: Device): Interface[] => [...device.interfaces.values()].filter(isManagementPort);

/** Lists that decide who may log in, with where they are bound. */
const loginLists = (device: Device): ReadonlyMap<string, string> =>
  new Map([
    ...managementPorts(device).flatMap(({ name, accessGroups }) =>
      accessGroups.filter(({ direction }) => direction === 'in').map(({ list }) => [list.value, name] as const),
    ),
    ...device.management.lines.flatMap(({ name, accessClassIn }) =>
      accessClassIn ? [[accessClassIn.value, `line ${name}`] as const] : [],
    ),
  ]);

/** The list that a `no ip access-list ...` or `no access-list ...` line deletes as a whole. */
function deletedList({ negated, words, path }: Command): string | undefined {
  if (!negated || path.length > 0) return undefined;
  const text = words.join(' ');
  return (
    /^(?:ip |ipv6 )?access-list (?:standard |extended )?(\S+)$/.exec(text)?.[1] ??
    /^access-list (\d+)(?: .*)?$/.exec(text)?.[1]
  );
}

function lists(config: ParsedConfig, before: ParsedConfig | undefined): RawFinding[] {
  const { device } = config;
  const bound = new Map([...(before ? loginLists(before.device) : []), ...loginLists(device)]);
  const deleted = commandsOf(config).flatMap((command): RawFinding[] => {
    const name = deletedList(command);
    const where = name === undefined ? undefined : bound.get(name);
    if (name === undefined || where === undefined) return [];
    const message = `deletes access-list ${name}, which ${where} uses: while it is rebuilt line by line its implicit deny locks everyone out`;
    return [{ span: own(command), message, key: `list ${name}`, fix: withoutLine(config, command) }];
  });
  const has = (of: Device, name: string) => [...of.accessLists.values()].find((list) => list.name === name);
  const said = new Set(deleted.map(({ key }) => key));
  const gone = [...(before ? loginLists(device) : [])].flatMap(([name, where]): RawFinding[] => {
    const old = before && has(before.device, name);
    if (!before || !old || has(device, name) || said.has(`list ${name}`)) return [];
    const span = [
      ...device.management.lines.map(({ accessClassIn }) => accessClassIn),
      ...managementPorts(device).flatMap(({ accessGroups }) => accessGroups.map(({ list }) => list)),
    ].find((use) => use?.value === name)?.span;
    if (!span) return [];
    const undo = undoing(before, old.span.line, config, head(span));
    return [
      {
        span: undo.span,
        message: `access-list ${name} is gone, and ${where} still uses it: who may log in is no longer decided`,
        key: `list ${name}`,
        ...(undo.fix && { fix: undo.fix }),
      },
    ];
  });
  return [...deleted, ...gone];
}

function terminalLines({ device, tree }: ParsedConfig): RawFinding[] {
  const terminals = device.management.lines.filter(({ name }) => name.startsWith('vty'));
  const isClosed = ({ transportInput }: (typeof terminals)[number]) => transportInput?.value.includes('none') === true;
  const closed = terminals.length > 0 && terminals.every(isClosed) ? terminals : [];
  const findings = closed.map(({ name, transportInput, span }): RawFinding => {
    const at = transportInput?.span ?? span;
    const text = tree.lines[at.line] ?? '';
    const start = text.search(/\S/);
    return {
      span: head(at),
      message: `line ${name} accepts no protocol, nor does any other terminal line: nobody can log in over the network`,
      key: `transport ${name}`,
      fix: {
        title: 'Accept SSH',
        edits: [replaceSpan(at.line, start, text.trimEnd().length, 'transport input ssh')],
        safe: false,
      },
    };
  });
  const permitsNobody = (name: string | undefined): boolean => {
    const list = [...device.accessLists.values()].find((candidate) => candidate.name === name);
    return list !== undefined && list.entries.length > 0 && list.entries.every(({ action }) => action === 'deny');
  };
  if (terminals.length === 0 || !terminals.every(({ accessClassIn }) => permitsNobody(accessClassIn?.value)))
    return findings;
  return [
    ...findings,
    ...terminals.map(
      ({ name, accessClassIn }): RawFinding => ({
        span: head(accessClassIn!.span),
        message: `access-list ${accessClassIn?.value} of line ${name} permits nobody: nobody can log in over the network`,
        key: `nobody ${name}`,
      }),
    ),
  ];
}

function interfaces(context: DeviceContext): RawFinding[] {
  const { config, before } = context;
  const { device } = config;
  if (!before) {
    // In a piece of configuration `shutdown` is what is about to happen; in a whole one a port may be unused.
    return managementPorts(device)
      .filter((port) => isFragment(context) && typeof port.shutdown !== 'boolean' && port.shutdown.value)
      .map((port) => shutFinding(port, config));
  }
  return managementPorts(before.device).flatMap((old): RawFinding[] => {
    if (isShutdown(old) || old.addresses.length === 0) return [];
    const port = device.interfaces.get(old.name);
    if (port && isShutdown(port)) return [shutFinding(port, config)];
    const [address] = old.addresses;
    const isGone = !port || (port.addresses.length === 0 && !port.dhcp?.value);
    const moved = port?.vrf?.value !== old.vrf?.value;
    if (!address || (!isGone && !moved)) return [];
    const { span, fix } = undoing(
      before,
      isGone ? address.span.line : (old.vrf?.span.line ?? old.span.line),
      config,
      port ? head(port.span) : { line: 0, start: 0, end: 0 },
    );
    const message = isGone
      ? `takes the address ${address.address} off ${old.name}, the way in to this device`
      : `moves ${old.name}, the way in to this device, to another VRF`;
    return [{ span, message, key: `interface ${old.name}`, ...(fix && { fix }) }];
  });
}

function shutFinding(port: Interface, config: ParsedConfig): RawFinding {
  const span = typeof port.shutdown === 'boolean' ? head(port.span) : head(port.shutdown.span);
  const command = commandsOf(config).find(
    ({ statement, words }) => statement.span.line === span.line && words[0] === 'shutdown',
  );
  return {
    span,
    message: `shuts ${port.name}, the way in to this device`,
    key: `interface ${port.name}`,
    ...(command && { fix: withoutLine(config, command) }),
  };
}

/** Methods that still work when no server answers. */
const fallbacks: ReadonlySet<string> = new Set(['local', 'local-case', 'enable', 'line', 'none', 'krb5']);

const isLogin = ({ words }: Command): boolean =>
  words[0] === 'aaa' && words[1] === 'authentication' && words[2] === 'login';
const isAaa = ({ words }: Command): boolean =>
  words[0] === 'aaa' && (words[1] === 'new-model' || words[1] === 'authentication' || words[1] === 'authorization');
const aaaName = ({ words }: Command): string =>
  words.slice(0, words[1] === 'authorization' && words[2] === 'commands' ? 5 : 4).join(' ');

function aaa(context: DeviceContext): RawFinding[] {
  const { config, before } = context;
  const now = commandsOf(config).filter(isAaa);
  if (!before)
    return !isFragment(context)
      ? []
      : now
          .filter(({ negated }) => negated)
          .map((command) => ({
            span: own(command),
            message: `takes away "${command.words.join(' ')}": the next login may be refused`,
            key: aaaName(command),
            fix: withoutLine(config, command),
          }));
  const standing = new Map(now.filter(({ negated }) => !negated).map((command) => [aaaName(command), command]));
  for (const command of now) if (command.negated) standing.delete(aaaName(command));
  const old = new Map(
    commandsOf(before)
      .filter((command) => isAaa(command) && !command.negated)
      .map((command) => [aaaName(command), command]),
  );
  const losses = [...old].flatMap(([name, was]): RawFinding[] => {
    const command = standing.get(name);
    const anchor = now.findLast(({ negated }) => negated) ?? now[0];
    if (!command) {
      const undo = undoing(
        before,
        was.statement.span.line,
        config,
        anchor ? own(anchor) : { line: 0, start: 0, end: 0 },
      );
      return [
        {
          span: undo.span,
          message: `takes away "${name}": the next login may be refused`,
          key: name,
          ...(undo.fix && { fix: undo.fix }),
        },
      ];
    }
    if (command.words.join(' ') === was.words.join(' ')) return [];
    const hadFallback = was.words.some((word) => fallbacks.has(word));
    const hasFallback = command.words.some((word) => fallbacks.has(word));
    if (isLogin(command) && hadFallback && !hasFallback) {
      const { end } = command.statement.span;
      const fix = {
        title: 'Fall back to local users',
        edits: [replaceSpan(command.statement.span.line, end, end, ' local')],
        safe: false,
      };
      return [
        {
          span: own(command),
          message: `"${name}" has no fallback left: when no server answers nobody can log in`,
          key: name,
          fix,
        },
      ];
    }
    return [
      {
        span: own(command),
        priority: 'P1',
        message: `changes "${name}": keep a session open until a new login works`,
        key: name,
      },
    ];
  });
  const newModel = standing.get('aaa new-model');
  const locks =
    newModel &&
    !old.has('aaa new-model') &&
    config.device.management.users.length === 0 &&
    !now.some((command) => isLogin(command) && !command.negated);
  const added: RawFinding[] = locks
    ? [
        {
          span: own(newModel),
          message: 'switches to AAA without a local user and without a login method: nobody can log in',
          key: 'aaa new-model',
          fix: withoutLine(config, newModel),
        },
      ]
    : [];
  return [...losses, ...added];
}

interface SshState {
  /** VRFs in which SSH is accepted, with the line that says so; the global one is open unless it is shut. */
  readonly open: ReadonlyMap<string, Command | undefined>;
  /** The line that closed a VRF last. */
  readonly closed: ReadonlyMap<string, Command>;
}

/** EOS: `management ssh` with `shutdown`, and with `vrf X` in which `no shutdown` opens another VRF. */
function sshState(config: ParsedConfig): SshState {
  const open = new Map<string, Command | undefined>([['default', undefined]]);
  const closed = new Map<string, Command>();
  const close = (vrf: string, command: Command): void => {
    if (open.delete(vrf)) closed.set(vrf, command);
  };
  for (const command of commandsOf(config)) {
    const [ssh, vrf] = command.path;
    const [first = '', second = ''] = command.words;
    if (command.negated && !ssh && first === 'management' && second === 'ssh')
      for (const each of [...open.keys()]) if (each !== 'default') close(each, command);
    if (ssh?.words.join(' ') !== 'management ssh') continue;
    const name = vrf ? (vrf.words[1] ?? '') : 'default';
    if (command.negated && first === 'vrf') close(second, command);
    else if (first === 'shutdown' && command.negated) open.set(name, command);
    else if (first === 'shutdown') close(name, command);
  }
  return { open, closed };
}

function sshClosed({ config, before }: DeviceContext): RawFinding[] {
  if (!before || !systemOf(config.dialect).managementSsh) return [];
  const { open, closed } = sshState(config);
  return [...sshState(before).open].flatMap(([vrf, command]): RawFinding[] => {
    if (open.has(vrf)) return [];
    const where = vrf === 'default' ? '' : ` in VRF ${vrf}`;
    const message = `SSH is no longer accepted${where}, through which this device is managed`;
    const closer = closed.get(vrf);
    if (closer) return [{ span: own(closer), message, key: `ssh ${vrf}`, fix: withoutLine(config, closer) }];
    if (!command) return [];
    const { line } = command.statement.span;
    const { span, fix } = undoing(before, line, config, standIn(before, line, config));
    return [{ span, message, key: `ssh ${vrf}`, ...(fix && { fix }) }];
  });
}

/** Systems whose SSH server is one of their services: it was open, and is not any more. */
function sshServiceClosed({ config, before }: DeviceContext): RawFinding[] {
  const old = before?.device.management.services.get('ssh');
  const now = config.device.management.services.get('ssh');
  if (!before || !old?.value || now?.value || systemOf(config.dialect).managementSsh) return [];
  const message = 'SSH is no longer accepted, through which this device is managed';
  if (now) return [{ span: head(now.span), message, key: 'ssh service' }];
  const { line } = old.span;
  const { span, fix } = undoing(before, line, config, standIn(before, line, config));
  return [{ span, message, key: 'ssh service', ...(fix && { fix }) }];
}

/** The user for the day on which no AAA server answers. */
function lastUser({ config, before }: DeviceContext): RawFinding[] {
  const [old] = before?.device.management.users ?? [];
  if (!before || !old || config.device.management.users.length > 0) return [];
  const { span, fix } = undoing(before, old.span.line, config, standIn(before, old.span.line, config));
  const message = `removes ${old.name}, the last local user: when no server answers nobody can log in`;
  return [{ span, message, key: 'last user', ...(fix && { fix }) }];
}

export default rule({
  id: 'management-lockout',
  number: 13,
  priority: 'P0',
  scope: 'device',
  title: 'Management access locked out',
  why: 'A device that no longer lets its operators in cannot be rolled back by them. Deleting the list of a terminal line and typing it again locks out after the first line; so do a shut management port and an edit of AAA.',
  sources: [
    'Cisco IOS Security configuration guide, controlling access to a virtual terminal line',
    'Meta, outage of 4 October 2021 (no way in left)',
  ],
  remedy:
    'Edit a list in use by sequence numbers, or bind a new list in one step; keep a second session and a timed revert (`reload in`, commit confirmed) while AAA or management access changes.',
  check: (context) => [
    ...lists(context.config, context.before),
    ...terminalLines(context.config),
    ...interfaces(context),
    ...aaa(context),
    ...lastUser(context),
    ...sshClosed(context),
    ...sshServiceClosed(context),
  ],
});
