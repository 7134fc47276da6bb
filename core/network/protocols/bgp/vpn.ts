import type { AddressFamily } from '../../../config/device/bgp.ts';
import type { Located } from '../../../config/span.ts';
import type { ContentHash } from '../../content-hash.ts';
import { valuesOf } from '../../path-attributes.ts';
import { normaliseTarget } from '../../policy/communities.ts';
import type { PolicyConditions } from '../../policy/evaluation.ts';
import { fromPath } from '../../policy/route.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { RibRoute } from '../../rib.ts';
import { GLOBAL_VRF } from '../../topology.ts';
import type { Context } from '../protocol.ts';
import { type Channel, channelOf } from './channel.ts';
import { decide, rulesOf } from './decision.ts';
import { changedPath } from './learned-path.ts';
import { type Path, type Peering, type Speaker, samePath } from './model.ts';
import { activeRoutePath } from './originate.ts';
import { type Accepted, receive } from './receive.ts';
import { send } from './send.ts';
import { type Handover, handoversOf, type Member, membersOf, tunnelAddress, VPN_FAMILIES } from './vpn-members.ts';

/** A route of a VRF for other VRFs and devices; one that EVPN alone carries; a host of a VLAN (EVPN type 2). */
type UnitKind = 'vpn' | 'prefix' | 'host';

/** The VPN route of one prefix and route distinguisher as one device has it. */
interface Unit {
  readonly owner: Speaker;
  readonly distinguisher: string;
  readonly kind: UnitKind;
  /** The VRF of this device that brings it in, and its path. */
  member: Member | undefined;
  local: Path | undefined;
  /** By twice `Peering.index` of the receiving end, plus the family's place in VPN_FAMILIES. */
  readonly received: Map<number, Path>;
  best: Path | undefined;
}

/** What the exchange of VPN routes needs of the exchange of which it is a part. */
export interface VpnHost {
  readonly context: Context;
  readonly speakers: readonly Speaker[];
  readonly peerings: readonly Peering[];
  readonly conditions: (speaker: Speaker) => PolicyConditions;
  readonly arrive: (end: Peering, accepted: Accepted) => Path;
}

/** Routes come to rest within as many steps as there are devices in a row; a circle of imports ends here. */
const MAXIMUM_STEPS = 256;

/**
 * Routes of VRFs: between the VRFs of a device and, as VPN routes, between devices. A path that was imported is not
 * exported again. Labels and tunnels are taken to be up wherever the next hop can be reached.
 */
export class VpnExchange {
  readonly #host: VpnHost;
  readonly #members: ReadonlyMap<4 | 6, ReadonlyMap<Speaker, Member>>;
  readonly #handovers: readonly Handover[];
  readonly #ends: ReadonlyMap<Speaker, readonly Peering[]>;
  readonly #channels = new Map<string, Channel>();
  readonly #units = new Map<string, Unit>();
  /** Imported paths of the present prefix, by the index of the speaker that has them and where they come from. */
  readonly #imported = new Map<number, Map<string, Path>>();

  constructor(host: VpnHost) {
    this.#host = host;
    this.#members = new Map(
      [4, 6].map((version) => [version as 4 | 6, membersOf(host.context, host.speakers, version as 4 | 6)]),
    );
    this.#handovers = handoversOf(host.speakers);
    const ends = new Map<Speaker, Peering[]>();
    for (const end of host.peerings) {
      if (!end.families.some((family) => [...VPN_FAMILIES[4], ...VPN_FAMILIES[6]].includes(family))) continue;
      const list = ends.get(end.speaker);
      if (list) list.push(end);
      else ends.set(end.speaker, [end]);
    }
    this.#ends = ends;
  }

  /** Nothing in the lab leaks: the exchange can do without. */
  get isIdle(): boolean {
    return this.#handovers.length === 0 && [...this.#members.values()].every((members) => members.size === 0);
  }

  reset(): void {
    this.#units.clear();
    this.#imported.clear();
  }

  pathsOf(speaker: Speaker): Iterable<Path> {
    return this.#imported.get(speaker.index)?.values() ?? [];
  }

  fingerprint(hash: ContentHash): void {
    for (const [index, paths] of this.#imported) {
      hash.number(index);
      for (const path of paths.values()) hash.number(path.attributes.id);
    }
  }

  /** Hosts that VRFs announce beside the routes of their tables. */
  get hostPrefixes(): readonly PrefixId[] {
    return [...this.#members.values()].flatMap((members) =>
      [...members.values()].flatMap(({ hosts, vlanHosts }) => [...hosts.keys(), ...vlanHosts]),
    );
  }

  /** Whether a speaker announces that host, whatever is in its table. */
  bringsHost(speaker: Speaker, prefix: PrefixId): boolean {
    const member = this.#members.get(this.#host.context.prefixes.get(prefix).version)?.get(speaker);
    return member !== undefined && (member.hosts.has(prefix) || member.vlanHosts.has(prefix));
  }

  /** Takes what a speaker now offers for a prefix; adds the speakers that hear something new to `next`. */
  offer(speaker: Speaker, prefix: PrefixId, path: Path | undefined, next: Set<number>): void {
    const { context } = this.#host;
    const learned = path?.source === 'imported' ? undefined : path;
    for (const handover of this.#handovers)
      if (handover.from === speaker) {
        const made = learned && this.#handedOver(handover, prefix, learned);
        this.#take(handover.to, `vrf ${speaker.table.vrf}`, made, next);
      }
    const member = this.#members.get(context.prefixes.get(prefix).version)?.get(speaker);
    if (!member) return;
    const ownHost = member.hosts.get(prefix);
    const offered = learned ?? (ownHost && activeRoutePath(context, speaker, ownHost));
    this.#bring(member, prefix, 'vpn', offered && this.#exported(member, prefix, offered), next);
    // A type 5 route is made of what is in the table, from whichever VRF of the device it is.
    const leaked = path?.leaked && member.makesPrefixRoutes ? this.#exported(member, prefix, path) : undefined;
    this.#bring(member, prefix, 'prefix', leaked, next);
    const host = member.vlanHosts.has(prefix) ? activeRoutePath(context, speaker, vlanHost(member, prefix)) : undefined;
    this.#bring(member, prefix, 'host', host && this.#exported(member, prefix, { ...host, evpn: 'host' }), next);
  }

  /** What a VRF has as one kind of VPN route. */
  #bring(member: Member, prefix: PrefixId, kind: UnitKind, local: Path | undefined, next: Set<number>): void {
    if (!local && !this.#units.has(unitKey(member.owner, member.distinguisher, kind))) return;
    const unit = this.#unit(member.owner, member.distinguisher, kind);
    if (samePath(unit.local, local)) return;
    unit.local = local;
    unit.member = member;
    this.#settle(prefix, unit, next);
  }

  #unit(owner: Speaker, distinguisher: string, kind: UnitKind): Unit {
    const key = unitKey(owner, distinguisher, kind);
    const known = this.#units.get(key);
    if (known) return known;
    const made: Unit = {
      owner,
      distinguisher,
      kind,
      member: undefined,
      local: undefined,
      received: new Map(),
      best: undefined,
    };
    this.#units.set(key, made);
    return made;
  }

  #take(to: Speaker, source: string, path: Path | undefined, next: Set<number>): void {
    let paths = this.#imported.get(to.index);
    if (!paths) {
      paths = new Map();
      this.#imported.set(to.index, paths);
    }
    if (samePath(paths.get(source), path)) return;
    if (path) paths.set(source, path);
    else paths.delete(source);
    next.add(to.index);
  }

  /** A path of a VRF as a VPN route, with the targets of the VRF or those of its export map. */
  #exported(member: Member, prefix: PrefixId, path: Path): Path | undefined {
    const { attributes: store, policies } = this.#host.context;
    const untargeted = path.attributes.extended.members.filter((one) => !isTarget(one));
    let [targets, communities] = [member.exports, path.attributes.communities];
    if (member.exportMap) {
      const route = this.#asRoute(
        prefix,
        path,
        store.communities([...untargeted, ...(member.mapsDecide ? [] : targets)]),
      );
      const conditions = this.#host.conditions(member.speaker);
      const { verdict } = policies.evaluate(member.speaker.table, [member.exportMap], route, conditions);
      // Cisco: a map changes targets, and what it does not permit keeps those of the VRF. Junos: it replaces the targets.
      if (verdict === 'permit') {
        targets = targetsOf(route);
        communities = route.communities;
      } else if (member.mapsDecide) return undefined;
    }
    if (targets.length === 0) return undefined;
    const attributes = store.attributes({
      ...valuesOf(path.attributes),
      communities,
      extended: store.communities([...untargeted, ...targets]),
      nextHop: tunnelAddress(this.#host.context, member.owner.table),
    });
    return changedPath(path, {
      source: 'exported',
      attributes,
      from: null,
      exportedFrom: path,
      leaked: undefined,
      valid: true,
      igpMetric: 0,
    });
  }

  #asRoute(prefix: PrefixId, path: Path, extended: Path['attributes']['extended']) {
    const { protocol, igpMetric, tag, interface: leaves } = path;
    const evpn = path.evpn !== undefined;
    const about = { protocol, evpn, neighbour: null, interface: leaves, igpMetric, tag };
    const route = fromPath(prefix, path.attributes, about);
    route.extended = extended;
    return route;
  }

  #settle(prefix: PrefixId, start: Unit, next: Set<number>): void {
    let queue = [start];
    for (let step = 0; queue.length > 0 && step < MAXIMUM_STEPS; step += 1) {
      const later = new Set<Unit>();
      for (const unit of queue) {
        const paths = [...(unit.local ? [unit.local] : []), ...unit.received.values()];
        const { best } = decide(unit.owner, rulesOf(unit.owner), paths);
        if (samePath(unit.best, best)) continue;
        unit.best = best;
        this.#import(prefix, unit, next);
        for (const end of this.#ends.get(unit.owner) ?? []) this.#send(prefix, unit, end, later);
      }
      queue = [...later];
    }
  }

  #send(prefix: PrefixId, unit: Unit, end: Peering, later: Set<Unit>): void {
    const { version } = this.#host.context.prefixes.get(prefix);
    for (const [at, family] of VPN_FAMILIES[version].entries()) {
      if (!end.families.includes(family)) continue;
      const goes = unit.best && this.#mayGo(prefix, unit, unit.best, family);
      const made = goes && unit.best && this.#carry(prefix, end, family, version, unit.best);
      const key = end.reverse.index * 2 + at;
      if (!made && !this.#units.has(unitKey(end.reverse.speaker, unit.distinguisher, unit.kind))) continue;
      const other = this.#unit(end.reverse.speaker, unit.distinguisher, unit.kind);
      const path = made && family === 'l2vpn-evpn' ? asEvpn(made, unit.kind) : made || undefined;
      if (samePath(other.received.get(key), path)) continue;
      if (path) other.received.set(key, path);
      else other.received.delete(key);
      later.add(other);
    }
  }

  /** Whether a family carries the route: the one that brought it, or those in which its VRF takes part. */
  #mayGo(prefix: PrefixId, { kind, member }: Unit, best: Path, family: AddressFamily): boolean {
    const isEvpn = family === 'l2vpn-evpn';
    if (best.from !== null) return isEvpn === (best.evpn !== undefined);
    if (!member || (kind !== 'vpn' && !isEvpn) || !member.families.includes(family)) return false;
    if (!isEvpn || kind === 'host' || !member.prefixExport || !best.exportedFrom) return true;
    const shown = this.#asRoute(prefix, best.exportedFrom, best.attributes.extended);
    const { policies } = this.#host.context;
    const { table } = member.speaker;
    return (
      policies.evaluate(table, [member.prefixExport], shown, this.#host.conditions(member.speaker)).verdict !== 'deny'
    );
  }

  #carry(prefix: PrefixId, end: Peering, family: AddressFamily, version: 4 | 6, path: Path): Path | undefined {
    const { context } = this.#host;
    const fromClient = path.from ? this.#channel(path.from, family, version).reflectorClient : false;
    const sent = send(context, this.#channel(end, family, version), prefix, path, fromClient, false);
    const accepted = sent && receive(context, this.#channel(end.reverse, family, version), prefix, sent);
    return accepted && this.#host.arrive(end.reverse, accepted);
  }

  #channel(end: Peering, family: AddressFamily, version: 4 | 6): Channel {
    const key = `${end.index} ${family} ${version}`;
    const known = this.#channels.get(key);
    if (known) return known;
    const made = channelOf(this.#host.context, end, version, this.#host.conditions(end.speaker), family);
    this.#channels.set(key, made);
    return made;
  }

  /** Gives a VPN route to the VRFs of the device that ask for one of its targets. */
  #import(prefix: PrefixId, unit: Unit, next: Set<number>): void {
    const { version } = this.#host.context.prefixes.get(prefix);
    for (const member of this.#members.get(version)?.values() ?? []) {
      if (member.owner !== unit.owner) continue;
      this.#take(member.speaker, `${unit.kind} ${unit.distinguisher}`, this.#importedBy(member, prefix, unit), next);
    }
  }

  #importedBy(member: Member, prefix: PrefixId, { best, kind, member: exporter }: Unit): Path | undefined {
    if (!best || (best.from === null && exporter === member)) return undefined;
    if (best.from === null && !(kind === 'vpn' && exporter?.sharesLocally && member.sharesLocally)) return undefined;
    const decides = member.mapsDecide && member.importMap !== undefined;
    if (!decides && !targetsOf(best.attributes).some((one) => asksFor(member, one))) return undefined;
    const original = best.from === null ? best.exportedFrom : undefined;
    const leaked = original?.source === 'active-route' ? original.route : undefined;
    const keepsProtocol = leaked && member.speaker.table.behaviour.bgp.leakedDistance === 'source';
    const from = original ? original.from : best.from;
    const { nextHop } = best.attributes;
    const hop = original
      ? { ...original.hop, vrf: exporter?.speaker.table.vrf ?? null }
      : { ip: nextHop, interface: null, vrf: GLOBAL_VRF };
    const attributes = original
      ? this.#host.context.attributes.attributes({ ...valuesOf(best.attributes), nextHop: original.attributes.nextHop })
      : best.attributes;
    const path = changedPath(best, {
      source: 'imported',
      protocol: keepsProtocol ? leaked.protocol : from === null ? 'bgp' : from.type === 'ebgp' ? 'ebgp' : 'ibgp',
      attributes,
      from,
      leaked,
      exportedFrom: undefined,
      hop: this.#host.context.hops.hop(hop),
      spans: [member.span, ...best.spans],
    });
    const taken = member.importMap ? this.#filtered(member.speaker, prefix, path, [member.importMap], decides) : path;
    if (!taken || best.evpn !== 'prefix' || !member.prefixImport) return taken;
    return this.#filtered(member.speaker, prefix, taken, [member.prefixImport], false);
  }

  #handedOver({ from, to, maps, span }: Handover, prefix: PrefixId, path: Path): Path | undefined {
    const made = changedPath(path, {
      source: 'imported',
      protocol: path.from === null ? 'bgp' : path.from.type === 'ebgp' ? 'ebgp' : 'ibgp',
      hop: this.#host.context.hops.hop({ ...path.hop, vrf: from.table.vrf }),
      spans: [span, ...path.spans],
    });
    return maps.length > 0 ? this.#filtered(to, prefix, made, maps, false) : made;
  }

  /** `asked`: only what the maps permit, not what they leave undecided. */
  #filtered(
    speaker: Speaker,
    prefix: PrefixId,
    path: Path,
    maps: readonly Located<string>[],
    asked: boolean,
  ): Path | undefined {
    const { policies, attributes: store } = this.#host.context;
    const route = this.#asRoute(prefix, path, path.attributes.extended);
    const { verdict } = policies.evaluate(speaker.table, maps, route, this.#host.conditions(speaker));
    if (verdict === 'deny' || (asked && verdict !== 'permit')) return undefined;
    const { localPreference, weight, communities, origin, metric: med, asPath, tag } = route;
    const values = { ...valuesOf(path.attributes), localPreference, weight, communities, origin, med, asPath };
    return changedPath(path, { tag, attributes: store.attributes(values) });
  }
}

const isTarget = (community: string): boolean => community.startsWith('rt:');

/** Route targets, wherever a system keeps them: Junos and SR OS have one list of communities of all kinds. */
const targetsOf = ({
  communities,
  extended,
}: Pick<Path['attributes'], 'communities' | 'extended'>): readonly string[] =>
  [...extended.members, ...communities.members].map(normaliseTarget).filter(isTarget);

const asksFor = ({ imports, importsVni }: Member, target: string): boolean =>
  imports.has(target) || (importsVni !== undefined && target.endsWith(`:${importsVni}`));

const unitKey = (owner: Speaker, distinguisher: string, kind: UnitKind): string =>
  `${owner.index} ${kind} ${distinguisher}`;

const asEvpn = (path: Path, kind: UnitKind): Path => changedPath(path, { evpn: kind === 'host' ? 'host' : 'prefix' });

/** An own address of a VLAN as policies see it. */
const vlanHost = ({ span }: Member, prefix: PrefixId): RibRoute => ({
  prefix,
  protocol: 'ibgp',
  process: '',
  ad: 0,
  metric: 0,
  nextHops: [],
  spans: [span],
});
