import type { Device } from '../../config/device/device.ts';
import type { Span } from '../../config/span.ts';
import type { ParsedConfig } from '../../network/snapshot.ts';
import { inVrf } from '../bgp.ts';
import { type Command, commandsOf, modeOf } from '../commands.ts';
import { replaceSpan } from '../edits.ts';
import { isFragment } from '../fragment.ts';
import { head, own, standIn, undoing, withoutLine } from '../restore.ts';
import { type DeviceContext, type Fix, type RawFinding, rule } from '../rule.ts';

interface Running {
  readonly key: string;
  readonly protocol: string;
  readonly title: string;
  readonly span: Span;
}

const running = (protocol: string, id: string, vrf: string, span: Span): Running => ({
  key: `${protocol} ${id} ${vrf}`,
  protocol,
  title: `${protocol}${id && ` ${id}`}${inVrf(vrf)}`,
  span,
});

const processesOf = (device: Device): readonly Running[] => [
  // A device has one BGP process per VRF: with another AS number it is still replaced, which ends every session.
  ...device.bgp.map(({ asn, vrf, span }) => running('bgp', String(asn.value), vrf, span)),
  ...device.ospf.map(({ id, version, vrf, span }) => running(version === 2 ? 'ospf' : 'ospfv3', id, vrf, span)),
  ...device.isis.map(({ id, vrf, span }) => running('isis', id, vrf, span)),
  ...device.eigrp.map(({ asn, vrf, span }) => running('eigrp', asn, vrf, span)),
  ...device.rip.map(({ vrf, span }) => running('rip', '', vrf, span)),
];

/** `ip routing` is switched off, or is gone from a system that does not route without it. */
function routingOff(context: DeviceContext): RawFinding[] {
  const { config, before, behaviour } = context;
  const isOn = (of: ParsedConfig): boolean => of.device.ipRouting?.value ?? behaviour.routingByDefault;
  const isSaid = config.device.ipRouting?.value === false;
  const old = before?.device.ipRouting;
  if (isOn(config) || (before ? !isOn(before) : !isSaid || !isFragment(context))) return [];
  const text = 'ends all routing: the device keeps its addresses and forwards nothing';
  const now = commandsOf(config).find(({ negated, words }) => negated && words.join(' ') === 'ip routing');
  if (now) return [{ span: own(now), message: text, key: 'ip routing', fix: withoutLine(config, now) }];
  if (!before || !old) return [];
  const { span, fix } = undoing(before, old.span.line, config, standIn(before, old.span.line, config));
  return [{ span, message: text, key: 'ip routing', ...(fix && { fix }) }];
}

/** `no address-family ...` below a process takes all that is configured in the family with it. */
function familiesRemoved(config: ParsedConfig): RawFinding[] {
  return commandsOf(config).flatMap((command): RawFinding[] => {
    const mode = command.path.at(-1);
    if (!command.negated || command.words[0] !== 'address-family' || mode?.words[0] !== 'router') return [];
    const title = `${command.words.join(' ')} of ${mode.words.slice(1).join(' ')}`;
    const text = `ends ${title}: every neighbour and every announcement in it goes`;
    return [{ span: own(command), message: text, key: `no ${title}`, fix: withoutLine(config, command) }];
  });
}

const protocols: Readonly<Record<string, string>> = {
  bgp: 'bgp',
  ospf: 'ospf',
  ospf6: 'ospfv3',
  ospfv3: 'ospfv3',
  isis: 'isis',
  eigrp: 'eigrp',
  rip: 'rip',
};

const message = (title: string): string => `ends ${title}: every session or adjacency and every route of it goes`;

/** In an interface the same words leave the interface and end the process: `no ip router isis` was meant. */
function interfaceForm(command: Command): Fix | undefined {
  const { statement } = command;
  if (!modeOf(command, 'interface') || command.words[1] !== 'isis') return undefined;
  const router = statement.words[1];
  return (
    router && {
      title: 'Take only this interface out: no ip router isis',
      edits: [replaceSpan(statement.span.line, router.start, router.start, 'ip ')],
      safe: false,
    }
  );
}

export default rule({
  id: 'routing-process-removed',
  number: 15,
  priority: 'P0',
  scope: 'device',
  title: 'Routing process removed, or routing switched off',
  why: 'One line ends every session and every route of a protocol on the device. It is often a slip: the form for one interface, neighbour or VRF was meant.',
  sources: ['Cisco IOS IP Routing command reference, router isis and ip router isis', 'FRR documentation, router bgp'],
  remedy:
    'Remove the neighbour, the network or the interface from the process; end a process only as a step of its own, with the traffic moved away first.',
  check: (context) => {
    const { config, before } = context;
    const now = new Set(processesOf(config.device).map(({ key }) => key));
    const old = before && processesOf(before.device);
    const findings = (old ?? [])
      .filter(({ key }) => !now.has(key))
      .map((process): RawFinding => {
        const successor = processesOf(config.device).find(({ protocol }) => protocol === process.protocol);
        const { span, fix } = undoing(
          before!,
          process.span.line,
          config,
          successor ? head(successor.span) : lastLine(config.tree.lines),
        );
        return { span, message: message(process.title), key: process.key, ...(fix && !successor && { fix }) };
      });
    const lines = new Set(findings.map(({ span }) => span.line));
    const negated = commandsOf(config).flatMap((command): RawFinding[] => {
      const [router, name = '', ...rest] = command.words;
      const protocol = protocols[name];
      if (!command.negated || router !== 'router' || !protocol || lines.has(command.statement.span.line)) return [];
      // What neither the state before nor an earlier line of this text runs cannot be ended.
      const title = [protocol, ...rest].join(' ');
      if (old && !old.some((process) => process.protocol === protocol) && !precedes(config, command, name)) return [];
      return [
        {
          span: own(command),
          message: message(title),
          key: `no ${title}`,
          fix: interfaceForm(command) ?? withoutLine(config, command),
        },
      ];
    });
    return [...findings, ...negated, ...familiesRemoved(config), ...routingOff(context)];
  },
});

const precedes = (config: Parameters<typeof commandsOf>[0], until: Command, protocol: string): boolean =>
  commandsOf(config).some(
    ({ statement, negated, words }) =>
      !negated && words[0] === 'router' && words[1] === protocol && statement.span.line < until.statement.span.line,
  );

/** The end of the text, where nothing of the process is left to point at. */
function lastLine(lines: readonly string[]): Span {
  const line = Math.max(
    0,
    lines.findLastIndex((text) => text.trim() !== ''),
  );
  return { line, start: 0, end: (lines[line] ?? '').length };
}
