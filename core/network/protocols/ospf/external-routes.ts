import { type Ip, maskWords, parseIp } from '../../../config/address.ts';
import type { PrefixId } from '../../prefix-table.ts';
import { UNREACHABLE } from '../../shortest-paths.ts';
import type { RouteProtocol } from '../../state.ts';
import type { Context, Ribs } from '../protocol.ts';
import type { Hop, PathTree } from './area-graph.ts';
import { announcementsOf, type Candidate, candidatesOf, type ExternalLsa } from './external-lsas.ts';
import type { Internals } from './internal-routes.ts';
import { BACKBONE, type Instance, LS_INFINITY } from './model.ts';

/** A first step as an external route has it: the forwarding address may lie on an attached network. */
export interface Step {
  readonly hop: Hop;
  /** Address where the step has no neighbour of OSPF. */
  readonly ip?: string;
}

export interface ExternalRoute {
  readonly prefix: PrefixId;
  readonly protocol: RouteProtocol;
  readonly metric: number;
  readonly tag: number | undefined;
  readonly steps: readonly Step[];
}

interface Path {
  readonly cost: number;
  readonly steps: readonly Step[];
  /** RFC 2328 section 16.4.1: 0 for a path inside of an area that is not the backbone. */
  readonly preference: 0 | 1;
}

const typeOfArea = (instance: Instance, area: string): 'normal' | 'stub' | 'nssa' =>
  instance.process.areas.get(area)?.type?.value ?? 'normal';

const PROTOCOLS: Readonly<Record<string, RouteProtocol>> = {
  '5 1': 'ospf-e1',
  '5 2': 'ospf-e2',
  '7 1': 'ospf-n1',
  '7 2': 'ospf-n2',
};

/** Sweeps in which AS boundary routers may take their announcements back because of one another. */
const MAXIMUM_SWEEPS = 16;

/** External routes of one OSPF version: what is announced, and the best of it for each router. */
export class Externals {
  readonly #context: Context;
  readonly #internals: Internals;
  readonly #border = new Map<string, Path | undefined>();
  #byPrefix = new Map<PrefixId, ExternalLsa[]>();
  #own: ExternalLsa[][] = [];
  #translated: ExternalLsa[] = [];
  /** What could be announced the last time, as one text. */
  #situation = '';
  readonly #paths = new WeakMap<PathTree, (Path | undefined)[]>();

  constructor(context: Context, internals: Internals) {
    this.#context = context;
    this.#internals = internals;
  }

  /**
   * Announces what redistribution gives, from the tables as they are. A route is announced only while it is the active
   * one: where another router's announcement is preferred to it, it is not. Routers take their turns in order of router
   * id (what they are called must not matter), so that two that could each stand aside for the other come to rest in one
   * of their stable states. Says whether anything can have changed since the last time.
   */
  announce(ribs: Ribs): boolean {
    const { instances, isBorder } = this.#internals;
    const all = new Map(instances.map((instance) => [instance.index, candidatesOf(this.#context, ribs, instance)]));
    const situation = JSON.stringify([...all.values()].map((list) => list.map(signatureOf)));
    if (situation === this.#situation) return false;
    this.#situation = situation;
    const announcing = instances
      .filter(
        (instance) =>
          (all.get(instance.index)?.length ?? 0) > 0 ||
          [...instance.process.areas.values()].some((area) => area.nssaDefaultOriginate?.value),
      )
      .sort((a, b) => a.routerIdValue - b.routerIdValue || a.index - b.index);
    this.#own = [];
    this.#translated = [];
    this.#byPrefix = new Map();
    const signatures = new Map<number, string>();
    for (let sweep = 0; sweep < MAXIMUM_SWEEPS; sweep += 1) {
      let changed = false;
      for (const instance of announcing) {
        const active = (all.get(instance.index) ?? []).map((candidate) => this.#isActive(candidate));
        const signature = active.map(Number).join('');
        if (signatures.get(instance.index) === signature) continue;
        signatures.set(instance.index, signature);
        changed = true;
        const candidates = (all.get(instance.index) ?? []).filter((_, at) => active[at]);
        this.#own[instance.index] = [...announcementsOf(this.#context, instance, candidates, isBorder(instance))];
        this.#index();
      }
      const translated = this.#translations();
      if (translated.length !== this.#translated.length) changed = true;
      this.#translated = translated;
      this.#index();
      if (!changed) return true;
    }
    for (const instance of announcing)
      this.#context.caveat(
        instance.table.node,
        'OSPF routers that redistribute the same routes stand aside for one another in turn; which one announces them depends on the order of events.',
        instance.process.span,
      );
    return true;
  }

  /** External routes of a router, in order of prefix number. */
  *routesOf(instance: Instance): Generator<ExternalRoute> {
    if (this.#byPrefix.size === 0) return;
    const internal = this.#internals.routes[instance.index];
    for (const prefix of this.#byPrefix.keys()) {
      if (internal?.has(prefix)) continue;
      const route = this.#best(instance, prefix);
      if (route) yield route;
    }
  }

  #index(): void {
    this.#byPrefix = new Map();
    for (const lsa of [...this.#own.flat(), ...this.#translated]) {
      if (!lsa) continue;
      const list = this.#byPrefix.get(lsa.prefix);
      if (list) list.push(lsa);
      else this.#byPrefix.set(lsa.prefix, [lsa]);
    }
  }

  /** Whether the route behind a candidate is preferred to what OSPF itself would put into the table. */
  #isActive({ behind, instance, prefix }: Candidate): boolean {
    if (!behind || behind.protocol.startsWith('ospf')) return true;
    const { process, table } = instance;
    const distance = table.behaviour.administrativeDistance;
    const configured = process.distances?.value;
    const internal = this.#internals.routes[instance.index]?.get(behind.prefix);
    if (internal && !internal.attached) {
      const ad =
        internal.kind === 'intra'
          ? (configured?.intra ?? distance.ospfIntra)
          : (configured?.inter ?? distance.ospfInter);
      return behind.ad <= ad;
    }
    if (behind.ad <= (configured?.external ?? distance.ospfExternal)) return true;
    return this.#best(instance, prefix) === undefined;
  }

  /** RFC 3101 section 3: one border router of the area announces its type 7 as type 5 to the others. */
  #translations(): ExternalLsa[] {
    const { isBorder, bordersOf, trees } = this.#internals;
    const made: ExternalLsa[] = [];
    const sevens = this.#own.flat().filter((lsa) => lsa?.nssa !== undefined && lsa.propagate && lsa.forward);
    for (const lsa of sevens) {
      const area = lsa.nssa as string;
      const translator = bordersOf(area)
        .filter((border) => {
          const tree = trees[border.index]?.get(area);
          const vertex = tree?.area.vertexOf.get(lsa.originator.index);
          return isBorder(border) && vertex !== undefined && tree?.distances[vertex] !== UNREACHABLE;
        })
        .reduce<Instance | undefined>(
          (best, one) => (best && best.routerIdValue >= one.routerIdValue ? best : one),
          undefined,
        );
      if (!translator) continue;
      const announces = (one: ExternalLsa): boolean => one.prefix === lsa.prefix && one.nssa === undefined;
      if (this.#own[translator.index]?.some(announces)) continue;
      if (made.some((one) => one.originator === translator && announces(one))) continue;
      if (!this.#pathOf(translator, lsa)) continue;
      made.push({ ...lsa, originator: translator, nssa: undefined, propagate: false });
    }
    return made;
  }

  /** RFC 2328 section 16.4 and RFC 3101 section 2.5. */
  #best(instance: Instance, prefix: PrefixId): ExternalRoute | undefined {
    let best:
      | { readonly key: readonly number[]; readonly lsa: ExternalLsa; readonly steps: readonly Step[] }
      | undefined;
    const own = this.#own[instance.index];
    // What it announces itself, by redistribution or as translator, it does not take from others' copies.
    for (const lsa of this.#byPrefix.get(prefix) ?? []) {
      if (lsa.originator === instance || own?.includes(lsa)) continue;
      const path = this.#pathOf(instance, lsa);
      if (!path) continue;
      const { cost, preference, steps } = path;
      const rank = lsa.nssa === undefined ? 1 : lsa.propagate ? 0 : 2;
      const key =
        lsa.metricType === 1 ? [1, 0, preference, lsa.metric + cost, rank] : [2, lsa.metric, preference, cost, rank];
      const order = best ? compare(key, best.key) : -1;
      if (order < 0) best = { key, lsa, steps };
      else if (order === 0 && best) best = { ...best, steps: [...best.steps, ...steps] };
    }
    if (!best) return undefined;
    const { lsa, key, steps } = best;
    return {
      prefix,
      protocol: PROTOCOLS[`${lsa.nssa === undefined ? 5 : 7} ${lsa.metricType}`] as RouteProtocol,
      metric: lsa.metricType === 1 ? (key[3] as number) : lsa.metric,
      tag: lsa.tag,
      steps,
    };
  }

  /** The way to the originator of an announcement, or to its forwarding address. */
  #pathOf(instance: Instance, lsa: ExternalLsa): Path | undefined {
    if (lsa.metric >= LS_INFINITY) return undefined;
    const { nssa, originator, forward } = lsa;
    if (nssa === undefined && !instance.areas.some((area) => typeOfArea(instance, area) === 'normal')) return undefined;
    if (nssa !== undefined && !instance.areas.includes(nssa)) return undefined;
    const reached = this.#toRouter(instance, originator, nssa);
    if (!reached || !forward) return reached;
    return this.#toAddress(instance, forward, nssa);
  }

  #preferenceOf(instance: Instance, kind: 'intra' | 'inter', area: string): 0 | 1 {
    const { process, table } = instance;
    if (process.rfc1583Compatible?.value ?? table.behaviour.ospf.rfc1583Compatible ?? false) return 1;
    return kind === 'intra' && area !== BACKBONE ? 0 : 1;
  }

  /** RFC 2328 section 16.4 (3): the forwarding address must be known inside of OSPF. */
  #toAddress(instance: Instance, ip: Ip, nssa: string | undefined): Path | undefined {
    const { prefixes } = this.#context;
    const internal = this.#internals.routes[instance.index];
    if (instance.circuits.some((circuit) => circuit.address?.text === ip.text)) return undefined;
    for (let length = ip.words.length * 32; length >= 0; length -= 1) {
      const prefix = prefixes.findNetwork(ip, length);
      const route = prefix === undefined ? undefined : internal?.get(prefix);
      if (!route) continue;
      if (nssa !== undefined && (route.kind !== 'intra' || route.area !== nssa)) return undefined;
      const preference = this.#preferenceOf(instance, route.kind, route.area);
      if (!route.attached) return { cost: route.cost, steps: route.hops.map((hop) => ({ hop })), preference };
      const circuit = instance.circuits.find(
        (one) =>
          one.address !== undefined &&
          !one.unnumbered &&
          maskWords(one.address.words, one.networkLength).join() === maskWords(ip.words, one.networkLength).join(),
      );
      return circuit && { cost: circuit.cost, steps: [{ hop: { circuit, to: undefined }, ip: ip.text }], preference };
    }
    return undefined;
  }

  /**
   * The best path to a router: within one area for a type 7, else through areas that carry type 5. There is an entry for
   * each area; of the nearest, the area with the largest id has it alone (RFC 2328 section 16.4 (3)).
   */
  #toRouter(instance: Instance, target: Instance, nssa: string | undefined): Path | undefined {
    let best: Path | undefined;
    let bestKey: readonly number[] = [];
    const take = (path: Path | undefined, area: string): void => {
      if (!path) return;
      const key = [path.preference, path.cost, -(parseIp(area)?.words[0] ?? 0)];
      if (best && compare(key, bestKey) >= 0) return;
      best = path;
      bestKey = key;
    };
    for (const area of nssa === undefined ? instance.areas : [nssa]) {
      if (nssa === undefined && typeOfArea(instance, area) !== 'normal') continue;
      take(this.#within(instance, target, area), area);
    }
    if (best || nssa !== undefined) return best;
    for (const area of this.#internals.summaryAreas(instance)) {
      if (typeOfArea(instance, area) === 'normal') take(this.#throughBorders(instance, target, area), area);
    }
    return best;
  }

  #within(instance: Instance, target: Instance, area: string): Path | undefined {
    const tree = this.#internals.trees[instance.index]?.get(area) as PathTree | undefined;
    const vertex = tree?.area.vertexOf.get(target.index);
    if (!tree || vertex === undefined || tree.distances[vertex] === UNREACHABLE) return undefined;
    const known = this.#paths.get(tree) ?? [];
    this.#paths.set(tree, known);
    known[vertex] ??= {
      cost: tree.distances[vertex] as number,
      steps: (tree.hops[vertex] as readonly Hop[]).map((hop) => ({ hop })),
      preference: this.#preferenceOf(instance, 'intra', area),
    };
    return known[vertex];
  }

  /** By what border routers announce of the target into an area (type 4). */
  #throughBorders(instance: Instance, target: Instance, area: string): Path | undefined {
    let best: Path | undefined;
    for (const border of this.#internals.bordersOf(area)) {
      if (border === instance) continue;
      const near = this.#within(instance, border, area);
      const beyond = near && this.#beyond(border, target, area);
      if (!near || !beyond) continue;
      const cost = near.cost + beyond.cost;
      if (!best || cost < best.cost) best = { cost, steps: near.steps, preference: 1 };
      else if (cost === best.cost) best = { ...best, steps: [...best.steps, ...near.steps] };
    }
    return best;
  }

  /** A border router's path to the target that it announces into an area: not by that area itself. */
  #beyond(border: Instance, target: Instance, area: string): Path | undefined {
    const key = `${border.index} ${target.index} ${area}`;
    if (this.#border.has(key)) return this.#border.get(key);
    let best: Path | undefined;
    if (border === target) best = { cost: 0, steps: [], preference: 1 };
    for (const other of border.areas) {
      if (other === area || typeOfArea(border, other) !== 'normal' || best?.cost === 0) continue;
      const path = this.#within(border, target, other);
      if (path && (!best || path.cost < best.cost)) best = path;
    }
    if (!best && area !== BACKBONE && this.#internals.summaryAreas(border).includes(BACKBONE))
      best = this.#throughBorders(border, target, BACKBONE);
    this.#border.set(key, best);
    return best;
  }
}

/** Everything of a candidate on which the announcements depend. */
const signatureOf = ({ prefix, metric, metricType, tag, via, behind }: Candidate): readonly unknown[] => [
  prefix,
  metric,
  metricType,
  tag ?? null,
  via.map((ip) => ip.text),
  behind ? [behind.protocol, behind.ad] : null,
];

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [at, value] of a.entries()) {
    const order = value - (b[at] as number);
    if (order !== 0) return order;
  }
  return 0;
}
