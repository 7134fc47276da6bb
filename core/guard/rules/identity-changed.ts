import type { Device } from '../../config/device/device.ts';
import type { Span } from '../../config/span.ts';
import { inVrf } from '../bgp.ts';
import { commandsOf } from '../commands.ts';
import { replaceSpan } from '../edits.ts';
import { vrfOfInterface } from '../peers.ts';
import { head, own, standIn } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

interface Identity {
  readonly key: string;
  readonly title: string;
  readonly effect: string;
  readonly value: string;
  readonly span: Span;
}

const protocolIds = (device: Device): readonly Identity[] => {
  const identity = (key: string, title: string, id: { value: string; span: Span } | undefined): Identity[] => {
    const found = id ?? device.routerId;
    const effect = 'every session or adjacency of it is reset';
    return found ? [{ key, title, effect, value: found.value, span: found.span }] : [];
  };
  return [
    ...device.bgp.flatMap(({ vrf, routerId }) => identity(`bgp ${vrf}`, `router-id of BGP${inVrf(vrf)}`, routerId)),
    ...device.ospf.flatMap(({ id, version, vrf, routerId }) =>
      identity(`ospf ${version} ${id} ${vrf}`, `router-id of OSPF ${id}${inVrf(vrf)}`, routerId),
    ),
    ...device.eigrp.flatMap(({ asn, vrf, routerId }) =>
      identity(`eigrp ${asn} ${vrf}`, `router-id of EIGRP ${asn}${inVrf(vrf)}`, routerId),
    ),
    ...device.isis.flatMap(({ id, net }) => identity(`isis ${id}`, `network entity title of IS-IS ${id}`, net)),
  ];
};

/** First addresses of loopbacks from which sessions are opened, or that are a router-id. */
function loopbacks(device: Device): readonly Identity[] {
  const sources = new Set(
    device.bgp.flatMap(({ neighbours, groups }) =>
      [...neighbours.values(), ...groups.values()].flatMap(({ updateSource }) => updateSource?.value ?? []),
    ),
  );
  const ids = new Set(protocolIds(device).map(({ value }) => value));
  return [...device.interfaces.values()].flatMap((port) => {
    const address = port.addresses.find(({ family, secondary }) => family === 'ipv4' && !secondary);
    const isIdentity = address && (sources.has(port.name) || ids.has(address.address));
    if (port.kind !== 'loopback' || !isIdentity) return [];
    const effect = 'sessions with that address go down until every peer is changed too';
    const key = `loopback ${vrfOfInterface(port)} ${port.name}`;
    return [{ key, title: `address of ${port.name}`, effect, value: address.address, span: address.span }];
  });
}

const identitiesOf = (device: Device): readonly Identity[] => [...protocolIds(device), ...loopbacks(device)];

export default rule({
  id: 'identity-changed',
  number: 19,
  priority: 'P0',
  scope: 'device',
  title: 'Router-id or loopback address changed',
  why: 'A device is known to its neighbours by its router-id and its loopback. Changing either resets all its sessions and adjacencies at once, on some systems at once and on others at the next restart.',
  sources: [
    'Microsoft Azure, outage of 25 January 2023 (a command that behaved differently on another system)',
    'RFC 4271 section 4.2 (BGP identifier), RFC 2328 section 5 (router id)',
  ],
  remedy: 'Change it in a maintenance window with the traffic moved away, and change the peers in the same window.',
  check: ({ config, before }) => {
    if (!before) return [];
    const now = identitiesOf(config.device);
    return identitiesOf(before.device).flatMap((old): RawFinding[] => {
      const same = now.find(({ key }) => key === old.key);
      if (same?.value === old.value) return [];
      const isGone = same === undefined;
      // A process that is gone is another rule's; a loopback that is gone or no longer an identity is this one's.
      const port = isGone ? config.device.interfaces.get(old.key.split(' ').at(-1) ?? '') : undefined;
      if (isGone && (!old.key.startsWith('loopback') || port?.addresses.some(({ address }) => address === old.value)))
        return [];
      const span = same ? head(same.span) : port ? head(port.span) : standIn(before, old.span.line, config);
      const command = commandsOf(config).find(({ statement }) => statement.span.line === span.line);
      const text = before.tree.lines[old.span.line]?.trim();
      const fix = same &&
        command &&
        text && {
          title: `Keep ${old.value}`,
          edits: [replaceSpan(span.line, own(command).start, own(command).end, text)],
          safe: false,
        };
      const change = same
        ? `changes the ${old.title} from ${old.value} to ${same.value}`
        : `removes the ${old.title}, ${old.value}`;
      return [{ span, message: `${change}: ${old.effect}`, key: old.key, ...(fix && { fix }) }];
    });
  },
});
