import type { ConfigTree, Statement } from '../../config/tree.ts';
import type { SnapshotNode } from '../../network/snapshot.ts';
import type { Caveat } from '../../network/state.ts';
import { withoutDaemon } from './daemons.ts';
import { overlayHead, overlayLines } from './overlay.ts';

/** A place in a file of the device: zero-based line. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** A configuration as the twin loads it. */
export interface RouterConfig {
  readonly text: string;
  /** The same line by line with nothing left out, for FRR's parser to check. */
  readonly whole: string;
  /** The device's own line behind a line of `text` (zero-based); undefined for a line that the twin added. */
  readonly placeOf: (line: number) => Place | undefined;
  /** The device's own language is FRR's: a line that FRR rejects is an error of the configuration. */
  readonly native: boolean;
  /** What of the device does not show in the twin, with the line where there is one. */
  readonly notes: readonly Caveat[];
}

/** Top-level lines that make a daemon write files or talk to somebody else than its neighbours. They change no route. */
const NOT_IN_A_TWIN: readonly string[] = ['log file', 'log syslog', 'dump', 'agentx', 'debug', 'bmp'];

/** Settings that the overlay replaces, wherever they stand; `*` is any word. */
const REPLACED: readonly string[] = [
  'neighbor * timers',
  'neighbor * advertisement-interval',
  'timers bgp',
  'coalesce-time',
  'bgp route-map delay-timer',
  'zebra route-map delay-timer',
  'timers throttle lsa',
  'timers throttle spf',
  'timers lsa min-arrival',
  'lsp-gen-interval',
  'spf-interval',
  'timers basic',
];

const startsWith = (words: readonly { readonly text: string }[], command: string): boolean => {
  const own = words[0]?.text.toLowerCase() === 'no' ? words.slice(1) : words;
  return command.split(' ').every((word, at) => word === '*' || own[at]?.text.toLowerCase() === word);
};

/** Lines (zero-based) that the twin leaves out. */
function leftOut(tree: ConfigTree): ReadonlySet<number> {
  const lines = new Set<number>();
  const visit = (statements: readonly Statement[], commands: readonly string[]): void => {
    for (const { words, span, children } of statements) {
      if (commands.some((command) => startsWith(words, command)))
        for (let at = span.line; at <= (span.endLine ?? span.line); at += 1) lines.add(at);
      visit(children, REPLACED);
    }
  };
  visit(tree.statements, [...NOT_IN_A_TWIN, ...REPLACED]);
  return lines;
}

/** The device of a VRF by its own line: in a twin a VRF is a namespace, and the loopback of that is its device. */
const vrfLoopbacks = (tree: ConfigTree, device: SnapshotNode['config']['device']): ReadonlyMap<number, string> =>
  new Map(
    tree.statements.flatMap(({ words, span }): readonly (readonly [number, string])[] => {
      const name = words[1]?.text ?? '';
      return words[0]?.text === 'interface' && isVrfDevice(device.interfaces.get(name))
        ? [[span.line, `interface lo vrf ${name}`]]
        : [];
    }),
  );

/** Whether an interface of an FRR device is that of a VRF, which has the VRF's name. */
export const isVrfDevice = (
  iface: { readonly name: string; readonly vrf?: { readonly value: string } } | undefined,
): boolean => iface !== undefined && iface.vrf?.value === iface.name;

/**
 * The configuration of an FRR device: its own text line by line, what other files say of its interfaces (SONiC,
 * Cumulus), and the overlay. `end` is no command inside of a file that goes on.
 */
export function nativeConfig({ name, config }: SnapshotNode): RouterConfig {
  const { device, tree, file } = config;
  const omitted = leftOut(tree);
  const whole = config.text.split(/\r?\n/).map((line) => (/^\s*end\s*$/.test(line) ? '!' : line));
  const loopbacks = vrfLoopbacks(tree, device);
  const own = whole.map((line, at) => (omitted.has(at) ? '!' : (loopbacks.get(at) ?? line)));
  const elsewhere = [...device.interfaces.values()].flatMap((one) => {
    const addresses = one.addresses.filter(({ span }) => span.file !== undefined && span.file !== file);
    if (addresses.length === 0) return [];
    return [
      `interface ${one.name}`,
      ...addresses.map(
        ({ family, address, length }) => ` ${family === 'ipv4' ? 'ip' : 'ipv6'} address ${address}/${length}`,
      ),
      'exit',
    ];
  });
  const notes = withoutDaemon(tree).map(
    ({ statement, text, what }): Caveat => ({
      node: name,
      text: `"${text}" has no effect in the twin: it does not run ${what}.`,
      span: statement.span,
      ofLine: true,
    }),
  );
  const head = overlayHead(device);
  const between = (lines: readonly string[]): string =>
    `${[...head, ...lines, ...elsewhere, ...overlayLines(device)].join('\n')}\n`;
  return {
    text: between(own),
    whole: between(whole),
    placeOf: (line) =>
      line >= head.length && line < head.length + own.length ? { file, line: line - head.length } : undefined,
    native: true,
    notes,
  };
}
