/*
 * Single failures of a lab: each link and each device that may fail, as a snapshot in which it does. The configurations
 * stay as they are; what fails is below them.
 */
import { portKey } from './interfaces.ts';
import { inferLinks } from './load/inferred-links.ts';
import type { Loss } from './losses.ts';
import type { Endpoint, InterfaceRuntime, Snapshot } from './snapshot.ts';

export type FailureKind = 'link' | 'node';

export interface Failure {
  readonly kind: FailureKind;
  /** `leaf1:eth1 - spine1:eth1`, or a device's name; the same failure has the same name in every state of the lab. */
  readonly name: string;
  /** The ports whose line fails. */
  readonly ports: readonly Endpoint[];
  /** The device that fails; null for a link. */
  readonly node: string | null;
}

export interface Damage {
  readonly losses: readonly Loss[];
  readonly converged: boolean;
}

/** One failure, tried before and after the change. */
export interface FailureOutcome {
  readonly failure: Failure;
  readonly engines: readonly string[];
  /** Undefined where the element is not there before the change. */
  readonly before?: Damage;
  readonly after: Damage;
  /** What is lost after the change and was not lost before it, although it is there in both. */
  readonly worse: readonly string[];
}

const named = ({ node, interface: port }: Endpoint): string => `${node}:${port}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The groups of ports that fail together: the two ends of a cable. Where layer 1 is not known, the ports of a shared
 * subnet: two of them are taken for a cable, and of several each fails alone, as behind a switch.
 */
function cables({ nodes, links }: Snapshot): readonly (readonly Endpoint[])[] {
  const declared = links.filter(({ source }) => source !== 'inferred');
  const cabled = new Set(declared.flatMap(({ a, b }) => [portKey(a.node, a.interface), portKey(b.node, b.interface)]));
  const known = declared
    // A link that leaves the lab, or a bridge of the host: the end that the lab has.
    .map(({ a, b }) => [a, b].filter(({ node }) => nodes.has(node)))
    .filter((ends) => ends.length > 0);
  const neighbours = new Map<string, { readonly port: Endpoint; readonly others: Set<string> }>();
  const inferred = inferLinks(nodes).filter(({ a, b }) =>
    [a, b].every((end) => !cabled.has(portKey(end.node, end.interface))),
  );
  for (const { a, b } of inferred)
    for (const [port, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const one = neighbours.get(named(port)) ?? { port, others: new Set<string>() };
      one.others.add(named(other));
      neighbours.set(named(port), one);
    }
  const alone = (end: Endpoint): boolean => neighbours.get(named(end))?.others.size === 1;
  const pairs = inferred.filter(({ a, b }) => alone(a) && alone(b)).map(({ a, b }) => [a, b]);
  const attachments = [...neighbours.values()]
    .filter(
      ({ others }) => [...others].length > 1 || ![...others].every((other) => neighbours.get(other)?.others.size === 1),
    )
    .map(({ port }) => [port]);
  return [...known, ...pairs, ...attachments];
}

/** Every single failure of a kind, in order of name. */
export function singleFailures(snapshot: Snapshot, kind: FailureKind): readonly Failure[] {
  if (kind === 'link')
    return cables(snapshot)
      .map((ports) => [...ports].sort((a, b) => compare(named(a), named(b))))
      .map((ports): Failure => ({ kind, name: ports.map(named).join(' - '), ports, node: null }))
      .sort((a, b) => compare(a.name, b.name));
  return [...snapshot.nodes.keys()].sort(compare).map((node): Failure => {
    // The far ends of its cables lose their line; a port behind a switch keeps it and only misses the device.
    const ports = cables(snapshot)
      .filter((ends) => ends.length === 2 && ends.some((end) => end.node === node))
      .flatMap((ends) => ends.filter((end) => end.node !== node));
    return { kind, name: node, ports, node };
  });
}

/** The lab in which something fails. The snapshot itself is not changed. */
export function withFailure(snapshot: Snapshot, { ports, node }: Failure): Snapshot {
  const runtime = new Map<string, ReadonlyMap<string, InterfaceRuntime>>(snapshot.runtime);
  for (const port of ports) {
    const states = new Map(runtime.get(port.node));
    // Names are written in any case: the captured state of the port stays, under the name that it has there.
    const known = [...states.keys()].find((name) => name.toLowerCase() === port.interface.toLowerCase());
    states.set(known ?? port.interface, { ...states.get(known ?? port.interface), failed: true });
    runtime.set(port.node, states);
  }
  if (node === null) return { ...snapshot, runtime };
  const nodes = new Map(snapshot.nodes);
  nodes.delete(node);
  return { ...snapshot, nodes, runtime };
}
