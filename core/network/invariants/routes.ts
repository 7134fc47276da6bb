import { parsePrefix } from '../../config/address.ts';
import { explainPrefix } from '../explain/explain-prefix.ts';
import { GLOBAL_VRF } from '../topology.ts';
import { broken, type Finding, held, notTested, type Subject } from './subject.ts';

interface RouteSettings {
  readonly device: string;
  readonly prefix: string;
  readonly vrf?: string | undefined;
}

const canonical = (prefix: string): string => parsePrefix(prefix)?.text ?? prefix;
const shownHops = (hops: readonly { readonly ip: string | null; readonly interface: string | null }[]): string =>
  hops.map(({ ip, interface: port }) => ip ?? port ?? 'drop').join(', ');

/** Whether the table has the prefix; of its absence the nearest causes are told. */
export function prefixPresent(
  subject: Subject,
  { device, prefix, vrf = GLOBAL_VRF }: RouteSettings,
  wanted: boolean,
): Finding {
  const table = subject.state.nodes.get(device)?.get(vrf);
  if (!table) return broken(`${device} has no VRF ${vrf}.`);
  const text = canonical(prefix);
  const route = table.routes.find((one) => one.prefix === text);
  if (route) {
    const actual = `${device} has it by ${route.protocol}, ${shownHops(route.nextHops)}.`;
    const places = (route.spans ?? []).map((span) => ({ text: 'made by this line', node: device, span }));
    return wanted ? held(actual) : broken(actual, places);
  }
  if (!wanted) return held(`${device} does not have it.`);
  const at = subject.computed.context.topology.tableOf(device, vrf);
  const why = at && explainPrefix(subject.computed, at, text);
  const steps = [
    ...(why?.absent ?? []),
    ...(why?.paths.flatMap(({ accounts }) => accounts.flatMap((one) => one.steps.slice(-1))) ?? []),
  ];
  const places = steps.filter(({ span }) => span);
  return broken(`${device} does not have it${steps[0] ? `: ${steps[0].text}` : ''}.`, places);
}

/**
 * Whether the device sends the prefix to a BGP neighbour, from what the simulator's exchange tells of it: sent is what
 * the neighbour received, whether it took it or not.
 */
export function prefixAdvertised(
  subject: Subject,
  { device, prefix, vrf, to }: RouteSettings & { readonly to: string },
  wanted: boolean,
): Finding {
  const sessions = subject.state.sessions.filter(
    (one) => one.node === device && (vrf === undefined || one.vrf === vrf) && (one.peer === to || one.peerNode === to),
  );
  if (sessions.length === 0)
    return wanted
      ? broken(`${device} has no BGP neighbour ${to}.`)
      : notTested(`${device} has no BGP neighbour ${to}: nothing is sent, and nothing shows what would be.`);
  const up = sessions.filter(({ state }) => state === 'established');
  if (up.length === 0) {
    const [first] = sessions;
    const outside = sessions.every(({ reason }) => reason?.code === 'peer-outside');
    const places = first ? [{ text: 'the session', node: device, span: first.span }] : [];
    if (outside) return notTested(`The neighbour ${to} is not in the lab, so nothing shows what it is sent.`, places);
    return wanted
      ? broken(`The session of ${device} with ${to} is down: ${first?.reason?.text ?? ''}.`, places)
      : notTested(`The session of ${device} with ${to} is down, so nothing shows what would be sent.`, places);
  }
  const text = canonical(prefix);
  const told = up.flatMap(({ peerNode }) =>
    subject.computed.context.topology.tables
      .filter(({ node }) => node === peerNode)
      .flatMap((table) => explainPrefix(subject.computed, table, text)?.paths ?? [])
      .flatMap(({ accounts }) => accounts.filter(({ from }) => from?.node === device)),
  );
  const sent = told.filter(({ outcome }) => outcome !== 'not-sent' && outcome !== 'no-path');
  if (sent.length > 0) {
    const places = sent.flatMap(({ steps }) => steps.filter(({ span, node }) => span && node === device));
    return wanted ? held(`${device} sends it to ${to}.`) : broken(`${device} sends it to ${to}.`, places);
  }
  if (told.length === 0) return notTested(`Nothing is told about routes that ${device} sends to ${to}.`);
  const why = told.flatMap(({ steps }) => steps.slice(-1));
  const actual = `${device} does not send it${why[0] ? `: ${why[0].text}` : ''}.`;
  return wanted
    ? broken(
        actual,
        why.filter(({ span }) => span),
      )
    : held(actual);
}

/** Sessions with neighbours that are not in the lab are not counted: nothing is known of them. */
export function sessionsEstablished(
  { state }: Subject,
  { devices, vrf }: { readonly devices?: readonly string[] | undefined; readonly vrf?: string | undefined },
): Finding {
  const meant = state.sessions.filter(
    (one) => (!devices || devices.includes(one.node)) && (vrf === undefined || one.vrf === vrf),
  );
  const known = meant.filter(({ reason }) => reason?.code !== 'peer-outside');
  const bare = (devices ?? []).filter((device) => !meant.some(({ node }) => node === device));
  if (bare.length > 0) return broken(`${bare.join(', ')} ${bare.length === 1 ? 'has' : 'have'} no BGP session.`);
  if (known.length === 0) return notTested('No session with a neighbour in the lab is configured.');
  const down = known.filter((one) => one.state === 'down');
  if (down.length === 0) return held(`All ${known.length} sessions are established.`);
  return broken(
    `${down.length} of ${known.length} sessions are down: ${down.map(({ node, peer, reason }) => `${node} with ${peer} (${reason?.text ?? 'down'})`).join('; ')}.`,
    down.flatMap(({ node, span, reason }) => [
      { text: 'the session', node, span },
      ...(reason?.spans ?? []).map((at) => ({ text: reason?.text ?? '', node: at.node, span: at.span })),
    ]),
  );
}
