import { makePrefix, parseIp, prefixContains } from '../../config/address.ts';
import type { Span } from '../../config/span.ts';
import type { Snapshot } from '../../network/snapshot.ts';
import { inherited, inVrf, isExternal, isShutdown, localAsOf, neighboursOf, remoteAsOf } from '../bgp.ts';
import { replaceSpan } from '../edits.ts';
import { connectedInterface, type Peer, peerOf, type Session, vrfOfInterface } from '../peers.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';
import { systemOf } from '../systems.ts';

type Found = RawFinding & { readonly node: string };

const remoteSpan = ({ process, neighbour }: Session): Span =>
  remoteAsOf(process, neighbour)?.value.span ?? head(neighbour.span);

const relatedAt = (peer: Session, span: Span, message: string): RawFinding['related'] => [
  { node: peer.node.name, file: span.file ?? peer.node.config.file, span: head(span), message },
];

/** The AS that the peer shows on this session: `local-as`, the confederation towards outside, or its own. */
function shownAs(back: Session): number {
  const confederation = back.process.options.confederation?.identifier?.value;
  const local = localAsOf(back.process, back.neighbour);
  if (local !== back.process.asn.value) return local;
  return confederation !== undefined && isExternal(back.process, back.neighbour) === true ? confederation : local;
}

function asMismatch(session: Session, back: Session): Found[] {
  const remote = remoteAsOf(session.process, session.neighbour)?.value;
  if (!remote) return [];
  const shown = shownAs(back);
  const own = shownAs(session);
  const expected = remote.value;
  const dual = inherited(back.process, back.neighbour, (from) => from.localAs)?.value.value.dualAs === true;
  const fits =
    expected === 'internal'
      ? shown === own
      : expected === 'external'
        ? shown !== own
        : expected === shown || (dual && expected === back.process.asn.value);
  if (fits) return [];
  const asSpan = inherited(back.process, back.neighbour, (from) => from.localAs)?.value.span ?? back.process.asn.span;
  const fix = typeof expected === 'number' && {
    title: `Set remote-as ${shown}`,
    edits: [replaceSpan(remote.span.line, remote.span.start, remote.span.end, String(shown))],
    safe: false,
  };
  return [
    {
      node: session.node.name,
      span: remote.span,
      message: `expects ${typeof expected === 'number' ? `AS ${expected}` : `an ${expected} neighbour`} at ${session.neighbour.id}, but ${back.node.name} has AS ${shown}: the session stays down`,
      key: `as ${session.process.vrf} ${session.neighbour.id}`,
      related: relatedAt(back, asSpan, `${back.node.name} is AS ${shown}`),
      ...(fix && { fix }),
    },
  ];
}

/** The address from which this side opens the session; undefined where routing decides it. */
function sourceOf({ node, process, neighbour }: Session): { address: string; span?: Span } | undefined {
  const local = inherited(process, neighbour, (from) => from.localAddress)?.value;
  if (local) return { address: local.value, span: local.span };
  const source = inherited(process, neighbour, (from) => from.updateSource)?.value;
  const family = parseIp(neighbour.id)?.version === 6 ? 'ipv6' : 'ipv4';
  if (source) {
    if (parseIp(source.value)) return { address: source.value, span: source.span };
    const address = node.config.device.interfaces
      .get(source.value)
      ?.addresses.find((own) => own.family === family && !own.linkLocal && !own.secondary);
    return address && { address: address.address, span: source.span };
  }
  const connected = connectedInterface(node, process.vrf, neighbour.id);
  return connected && { address: connected.address.address };
}

function sourceMismatch(session: Session, peer: Peer): Found[] {
  const source = sourceOf(session);
  if (peer.back.length === 0) return [];
  if (!source) return withoutSource(session, peer);
  if (peer.back.some(({ neighbour }) => neighbour.id === source.address)) return [];
  const [back] = peer.back;
  if (!back) return [];
  const span = source.span ?? head(session.neighbour.span);
  return [
    {
      node: session.node.name,
      span,
      message: `opens the session with ${session.neighbour.id} from ${source.address}, but ${back.node.name} expects ${back.neighbour.id}`,
      key: `source ${session.process.vrf} ${session.neighbour.id}`,
      related: relatedAt(
        back,
        back.neighbour.remoteAs?.span ?? back.neighbour.span,
        `${back.node.name}'s side of the session`,
      ),
    },
  ];
}

/** Routing chooses the source, which is the address of whatever port leads there; the peer expects another one. */
function withoutSource({ node, process, neighbour }: Session, { back }: Peer): Found[] {
  const [expected] = back;
  const port =
    expected &&
    [...node.config.device.interfaces.values()].find(({ addresses }) =>
      addresses.some(({ address }) => address === expected.neighbour.id),
    );
  if (!expected || port?.kind !== 'loopback' || systemOf(node.config.dialect).opensFromSystemAddress) return [];
  const message = `has no update-source for ${neighbour.id}, and ${expected.node.name} expects ${expected.neighbour.id} of ${port.name}`;
  const span = remoteSpan({ node, process, neighbour });
  const related = relatedAt(
    expected,
    expected.neighbour.remoteAs?.span ?? expected.neighbour.span,
    `${expected.node.name}'s side of the session`,
  );
  return [{ node: node.name, span, message, key: `no source ${process.vrf} ${neighbour.id}`, related }];
}

/** A neighbour with settings and without an AS: the device never opens the session. */
const withoutRemoteAs = ({ node, process, neighbour }: Session): Found[] => [
  {
    node: node.name,
    span: head(neighbour.span),
    message: `${neighbour.id} has no remote-as${inVrf(process.vrf)}: there is no session`,
    key: `no as ${process.vrf} ${neighbour.id}`,
  },
];

const reaches = ({ process, neighbour }: Session): boolean =>
  inherited(process, neighbour, (from) => from.ebgpMultihop) !== undefined ||
  inherited(process, neighbour, (from) => from.ttlSecurityHops)?.value.value !== undefined ||
  inherited(process, neighbour, (from) => from.disableConnectedCheck)?.value.value === true;

/** RFC 4271 section 5.1.3: an external neighbour is on a shared subnet unless multihop is configured. */
function multihop(session: Session, peer: Peer): Found[] {
  const { node, process, neighbour } = session;
  if (
    isExternal(process, neighbour) !== true ||
    reaches(session) ||
    connectedInterface(node, process.vrf, neighbour.id)
  )
    return [];
  if (session.node.config.device.interfaces.size === 0) return [];
  const [back] = peer.back;
  return [
    {
      node: node.name,
      span: remoteSpan(session),
      message: `${neighbour.id} on ${peer.node.name} is not on a connected subnet, and ebgp-multihop is not set: the session stays down`,
      key: `multihop ${process.vrf} ${neighbour.id}`,
      related: back
        ? relatedAt(
            back,
            back.neighbour.remoteAs?.span ?? back.neighbour.span,
            `${back.node.name}'s side of the session`,
          )
        : [],
    },
  ];
}

/** The peer has BGP and the address, but nothing that would accept the session. */
function oneSided(session: Session, peer: Peer): Found[] {
  const { node, process, neighbour } = session;
  const theirs = peer.node.config.device.bgp;
  if (peer.back.length > 0 || theirs.length === 0) return [];
  const source = sourceOf(session);
  const ip = source && parseIp(source.address);
  const listens = theirs.some(({ listenRanges }) =>
    listenRanges.some(({ prefix }) => {
      const [address = '', length = ''] = prefix.split('/');
      const range = parseIp(address);
      return !ip || !range || prefixContains(makePrefix(range, Number(length)), ip);
    }),
  );
  if (listens || theirs.some(({ neighbours }) => [...neighbours.values()].some(({ kind }) => kind === 'interface')))
    return [];
  const here = theirs.find(({ vrf }) => vrf === peer.vrf) ?? theirs[0];
  return [
    {
      node: node.name,
      span: remoteSpan(session),
      message: `${peer.node.name} has ${neighbour.id} but no neighbour statement for ${source?.address ?? node.name}${inVrf(peer.vrf)}: the session stays down`,
      key: `one-sided ${process.vrf} ${neighbour.id}`,
      related: here
        ? relatedAt({ node: peer.node, process: here, neighbour }, here.span, `${peer.node.name}'s BGP`)
        : [],
    },
  ];
}

function vrfMismatch(session: Session, peer: Peer): Found[] {
  const [back] = peer.back;
  if (!back || peer.back.some(({ process }) => process.vrf === peer.vrf)) return [];
  return [
    {
      node: session.node.name,
      span: remoteSpan(session),
      message: `${session.neighbour.id} is in VRF ${peer.vrf} on ${peer.node.name}, but its neighbour statement is in VRF ${back.process.vrf}`,
      key: `vrf ${session.process.vrf} ${session.neighbour.id}`,
      related: relatedAt(back, back.neighbour.span, `neighbour statement in VRF ${back.process.vrf}`),
    },
  ];
}

/** The neighbour's address is only in another VRF of this device's subnets. */
function ownVrfMismatch({ node, process, neighbour }: Session): Found[] {
  if (connectedInterface(node, process.vrf, neighbour.id)) return [];
  const vrfs = new Set([...node.config.device.interfaces.values()].map(vrfOfInterface));
  const other = [...vrfs].find((vrf) => vrf !== process.vrf && connectedInterface(node, vrf, neighbour.id));
  const port = other !== undefined && connectedInterface(node, other, neighbour.id);
  // Many VRFs may use one address plan; only with the external neighbour next to the device is the other VRF meant.
  if (!port || isExternal(process, neighbour) !== true) return [];
  return [
    {
      node: node.name,
      span: remoteAsOf(process, neighbour)?.value.span ?? head(neighbour.span),
      message: `${neighbour.id} is on the subnet of ${port.interface.name} in VRF ${other}, but this neighbour is in VRF ${process.vrf}`,
      key: `own vrf ${process.vrf} ${neighbour.id}`,
      related: [
        {
          node: node.name,
          file: node.config.file,
          span: head(port.address.span),
          message: `${port.interface.name} is in VRF ${other}`,
        },
      ],
    },
  ];
}

function sessionFindings(snapshot: Snapshot, session: Session): Found[] {
  if (!remoteAsOf(session.process, session.neighbour)) return withoutRemoteAs(session);
  const peer = peerOf(snapshot, session);
  if (!peer) return [];
  const vrf = [...vrfMismatch(session, peer), ...ownVrfMismatch(session)];
  if (vrf.length > 0) return vrf;
  const inVrfOfPeer = peer.back.find(({ process }) => process.vrf === peer.vrf) ?? peer.back[0];
  const mismatch = inVrfOfPeer ? asMismatch(session, preferred(session, peer) ?? inVrfOfPeer) : [];
  const alone = oneSided(session, peer);
  return alone.length > 0 ? alone : [...mismatch, ...multihop(session, peer), ...sourceMismatch(session, peer)];
}

/** Of several statements on the peer the one for the address from which we open the session. */
function preferred(session: Session, peer: Peer): Session | undefined {
  const source = sourceOf(session);
  return peer.back.find(({ neighbour }) => neighbour.id === source?.address);
}

export default rule({
  id: 'bgp-session-mismatch',
  number: 24,
  priority: 'P1',
  scope: 'network',
  title: 'Two ends of a BGP session do not fit',
  why: 'A session needs the same AS numbers, addresses and VRF on both ends. Each end looks right by itself; only side by side does the difference show.',
  sources: [
    'RFC 4271 section 6.2 (Bad Peer AS), section 5.1.3',
    'Cisco IOS BGP command reference: neighbor remote-as, update-source, ebgp-multihop',
  ],
  remedy:
    'Correct the end that is wrong: the AS number, the neighbour address with `update-source`, `ebgp-multihop`, or the VRF.',
  check: ({ snapshot }) =>
    [...snapshot.nodes.values()].flatMap((node) =>
      neighboursOf(node.config.device).flatMap(({ process, neighbour }) =>
        isShutdown(process, neighbour) ? [] : sessionFindings(snapshot, { node, process, neighbour }),
      ),
    ),
});
