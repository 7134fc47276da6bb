import { parseIp } from '../../core/config/address.ts';
import { type Flow, flowText, protocolNumber } from '../../core/network/forwarding/flow.ts';
import { ARRIVES, Forwarding } from '../../core/network/forwarding/forwarding.ts';
import { destinationOf, startOf, type TracePath, trace } from '../../core/network/forwarding/trace.ts';
import { loadSnapshot } from '../../core/network/load/load-snapshot.ts';
import { simulate } from '../../core/network/simulate.ts';
import type { Snapshot } from '../../core/network/snapshot.ts';
import { nodeFileReader } from '../files/node-file-reader.ts';
import { exitCodes } from './exit-codes.ts';
import { placed, reasonText } from './reasons.ts';
import { heading, print, shown } from './terminal.ts';
import type { TraceOptions } from './trace-options.ts';
import { UsageError } from './usage-error.ts';

const WORDS = {
  delivered: 'delivered',
  attached: 'delivered to an attached subnet',
  exits: 'leaves the lab',
  'no-route': 'dropped: no route',
  'null-routed': 'dropped: null route',
  denied: 'denied by a filter',
  loop: 'dropped: it loops',
  'next-hop-unreachable': 'dropped: next hop unreachable',
  unknown: 'not known',
} as const;

function portOf(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new UsageError(`${option} ${text} is not a port number.`);
  return Number(text);
}

/** Prints the paths; the exit code is 1 when the packet does not arrive on all of them. */
export async function traceCommand(lab: string, from: string, to: string, options: TraceOptions): Promise<number> {
  const protocol = options.proto === undefined ? undefined : protocolNumber(options.proto);
  if (options.proto !== undefined && protocol === undefined)
    throw new UsageError(`--proto ${options.proto} is not a protocol that is known; give its number.`);
  const [destinationPort, sourcePort] = [portOf(options.port, '--port'), portOf(options.sourcePort, '--source-port')];
  const given = options.source === undefined ? undefined : parseIp(options.source);
  if (options.source !== undefined && !given) throw new UsageError(`--source ${options.source} is not an IP address.`);

  const snapshot = await loadSnapshot(lab, { reader: nodeFileReader });
  const state = simulate(snapshot);
  const forwarding = new Forwarding(snapshot, state);
  const version = given?.version ?? parseIp(from)?.version;
  const destination = destinationOf(forwarding, to, options.vrf, version);
  if (!destination)
    throw new UsageError(
      snapshot.nodes.has(to)
        ? `${to} has no address to send to${options.vrf ? ` in VRF ${options.vrf}` : ''}.`
        : `"${to}" is neither a device of the lab nor an IP address.`,
    );
  const start = startOf(forwarding, from, options.vrf, destination.version);
  if ('problem' in start) throw new UsageError(`${start.problem}.`);
  const source = given ?? start.source;
  if (source && source.version !== destination.version)
    throw new UsageError(`${source.text} and ${destination.text} are not of the same family.`);
  const flow: Flow = {
    ...(source && { source }),
    destination,
    ...(typeof protocol === 'number' && { protocol }),
    ...(destinationPort !== undefined && { destinationPort }),
    ...(sourcePort !== undefined && { sourcePort }),
  };
  const result = trace(forwarding, start.place, flow);
  const arrives = !result.truncated && result.paths.every(({ disposition }) => ARRIVES.has(disposition));
  if (options.json) {
    print(
      JSON.stringify({
        flow: { ...flow, source: source?.text ?? null, destination: destination.text },
        arrives,
        converged: state.converged,
        truncated: result.truncated,
        paths: result.paths.map((path) => pathJson(snapshot, path)),
      }),
    );
  } else {
    print(heading(flowText(flow)));
    for (const [at, path] of result.paths.entries()) printPath(snapshot, path, at + 1, result.paths.length);
    if (result.truncated) print('There are more paths than these.');
    if (!state.converged) print('The network does not converge: this is one of the states that it passes through.');
  }
  return arrives ? exitCodes.fine : exitCodes.blocked;
}

const pathJson = (snapshot: Snapshot, { disposition, hops }: TracePath) => ({
  disposition,
  hops: hops.map(({ node, vrf, arrivedBy, route, leavesBy, nextHop, reasons }) => ({
    node,
    vrf,
    arrivedBy,
    route: route && { prefix: route.prefix, protocol: route.protocol, ad: route.ad, metric: route.metric },
    leavesBy,
    nextHop,
    reasons: reasons.map((reason) => placed(snapshot, reason)),
  })),
});

function printPath(snapshot: Snapshot, { disposition, hops }: TracePath, number: number, of: number): void {
  print('');
  print(heading(of === 1 ? WORDS[disposition] : `Path ${number} of ${of}: ${WORDS[disposition]}`));
  for (const [at, { node, vrf, arrivedBy, reasons }] of hops.entries()) {
    const where = [node, vrf !== 'default' && `VRF ${vrf}`, arrivedBy && `in by ${arrivedBy}`]
      .filter(Boolean)
      .join(', ');
    print(shown(`${String(at + 1).padStart(3)}  ${where}`));
    for (const reason of reasons) print(shown(`       ${reasonText(snapshot, reason)}`));
  }
}
