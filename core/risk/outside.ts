import type { BgpProcess } from '../config/device/bgp.ts';
import type { Device } from '../config/device/device.ts';
import type { NetworkState } from '../network/state.ts';
import { isCosmetic } from './effect-of-lines.ts';
import type { RiskInputs } from './inputs.ts';
import { meaningOf, sameMeaning } from './meaning.ts';

/** What a change may do to a neighbour that is not in the lab, where the twin cannot look. */
export interface OutsideEffect {
  readonly node: string;
  readonly peer: string;
  /** One sentence without the names. */
  readonly reason: string;
}

/** What decides the routes that a process offers to its neighbours, beside the neighbour's own settings. */
const offeredBy = (process: BgpProcess | undefined) =>
  process && [
    process.options,
    [...process.families.values()].map(({ networks, redistribute, aggregates, defaultInformationOriginate }) => [
      networks,
      redistribute,
      aggregates,
      defaultInformationOriginate,
    ]),
  ];

const policiesOf = (device: Device) => [
  device.policies,
  device.prefixLists,
  device.communityLists,
  device.extendedCommunityLists,
  device.largeCommunityLists,
  device.asPathLists,
  device.accessLists,
];

/** The paths that a device may announce, with every attribute: also those that another protocol keeps out of its table. */
const bestPaths = (state: NetworkState, node: string, vrf: string): string =>
  meaningOf(
    (state.nodes.get(node)?.get(vrf)?.bgp ?? [])
      .filter(({ best }) => best)
      .map(({ prefix, nextHop, asPath, localPref, med, origin, communities }) =>
        meaningOf([prefix, nextHop, asPath, localPref, med, origin, communities]),
      )
      .sort(),
  );

/**
 * Effects that do not show in the twin because the neighbour is outside of the lab: its session, its policies, or what
 * it is offered changes. Devices that are not changed, but whose BGP routes are, are listed as well: they may announce
 * more, or less, than before.
 */
export function outsideEffects({
  before,
  after,
  devices,
  stateBefore,
  stateAfter,
}: RiskInputs): readonly OutsideEffect[] {
  const found = new Map<string, OutsideEffect>();
  const add = (node: string, peer: string, reason: string): void => {
    if (!found.has(`${node} ${peer}`)) found.set(`${node} ${peer}`, { node, peer, reason });
  };
  const outside = new Map<string, { readonly node: string; readonly vrf: string; readonly peer: string }>();
  for (const { node, vrf, peer, reason } of [...stateBefore.sessions, ...stateAfter.sessions]) {
    if (reason?.code === 'peer-outside') outside.set(`${node} ${vrf} ${peer}`, { node, vrf, peer });
  }
  const changed = new Map(devices.map((device) => [device.node, device]));
  for (const { node, vrf, peer } of outside.values()) {
    const change = changed.get(node);
    const [old, now] = [before.nodes.get(node)?.config, after.nodes.get(node)?.config];
    if (change && !isCosmetic(change, old, now)) {
      const [oldProcess, nowProcess] = [old, now].map(
        (config) => config?.device.bgp.find((process) => process.vrf === vrf) as BgpProcess | undefined,
      );
      const neighbours = (process: BgpProcess | undefined) => {
        const neighbour = process?.neighbours.get(peer);
        return neighbour && [neighbour, neighbour.group && process?.groups.get(neighbour.group.value)];
      };
      if (!sameMeaning(neighbours(oldProcess), neighbours(nowProcess))) add(node, peer, 'its session settings change');
      else if (!sameMeaning(offeredBy(oldProcess), offeredBy(nowProcess)))
        add(node, peer, 'the routes that it is offered change');
      else if (old && now && !sameMeaning(policiesOf(old.device), policiesOf(now.device)))
        add(node, peer, 'policies or filters of the device change');
    }
    if (bestPaths(stateBefore, node, vrf) !== bestPaths(stateAfter, node, vrf)) {
      add(node, peer, 'BGP routes of the device change, and with them what it may be offered');
    }
  }
  // Neighbours that the lab declares are in the twin: what they are sent is known, and a difference is one for them.
  const sentTo = ({ outside: views = [] }: NetworkState) =>
    new Map(views.map(({ peer, received }) => [peer, { received, text: meaningOf(received.map(meaningOf).sort()) }]));
  const [sentBefore, sentAfter] = [sentTo(stateBefore), sentTo(stateAfter)];
  for (const peer of [...new Set([...sentBefore.keys(), ...sentAfter.keys()])].sort()) {
    if (sentBefore.get(peer)?.text === sentAfter.get(peer)?.text) continue;
    const session = [...stateAfter.sessions, ...stateBefore.sessions].find((one) => one.peer === peer);
    if (session) add(session.node, peer, 'the routes that it is sent change');
  }
  return [...found.values()];
}
