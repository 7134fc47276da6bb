import type { Device } from '../../config/device/device.ts';
import { type Family, prefixListKey } from '../../config/device/policy.ts';
import type { Located, Span } from '../../config/span.ts';
import type { AttributeStore } from '../path-attributes.ts';
import type { PrefixId, PrefixTable } from '../prefix-table.ts';
import type { Table } from '../topology.ts';
import { type Apply, compileAction } from './actions.ts';
import { compileCondition, type Test } from './conditions.ts';
import type { CompileScope, Evaluation, PolicyConditions, PolicyOutcome, PolicyVerdict } from './evaluation.ts';
import { type AsPathMatcher, accessListMatcher, asPathListMatcher, prefixListMatcher } from './lists.ts';
import type { PolicyRoute } from './route.ts';

interface Term {
  readonly span: Span;
  readonly conditions: readonly Test[];
  readonly actions: readonly Apply[];
  readonly disposition: 'permit' | 'deny' | 'next-term' | 'next-policy' | 'default';
  /** Where a `continue` goes on, as an index of terms; undefined without one. */
  readonly continueAt: number | undefined;
}

interface Compiled {
  /** Questions that it asks about the prefix; undefined when its answer depends on other routes. */
  readonly asks: readonly ((prefix: PrefixId) => boolean)[] | undefined;
  /** It neither asks about the AS path nor changes it. */
  readonly ignoresPath: boolean;
  readonly uses: readonly Located<string>[];
  readonly terms: readonly Term[];
  readonly defaultDisposition: 'permit' | 'deny' | 'next-policy' | 'protocol-default';
  readonly comparesOriginal: boolean;
  readonly defaultActions: readonly Apply[];
}

interface DevicePolicies {
  readonly scope: CompileScope;
  readonly policies: Map<string, Compiled | undefined>;
  readonly prefixFilters: Map<string, ((prefix: PrefixId) => boolean) | undefined>;
  readonly asPathFilters: Map<string, AsPathMatcher | undefined>;
  readonly classes: Map<string, ((prefix: PrefixId) => number) | undefined>;
}

/** Policies that call each other in a circle stop here; no system allows a deeper nesting. */
const MAXIMUM_CALLS = 32;

type Ended = PolicyVerdict | 'next-policy';

const NO_CONDITIONS: PolicyConditions = {};
const NO_SPANS: readonly Span[] = [];

/** One evaluation of a chain on a route. */
class Run implements Evaluation {
  spans: readonly Span[] = NO_SPANS;
  readonly routeExists: PolicyConditions['routeExists'];
  readonly #engine: PolicyEngine;
  readonly #device: DevicePolicies;
  readonly #node: string;
  #depth = 0;

  constructor(engine: PolicyEngine, device: DevicePolicies, node: string, conditions: PolicyConditions) {
    this.#engine = engine;
    this.#device = device;
    this.#node = node;
    this.routeExists = conditions.routeExists;
  }

  policy(policy: Located<string>, route: PolicyRoute): Ended {
    const compiled = this.#engine.compiled(this.#device, policy.value);
    if (!compiled) return this.#device.scope.behaviour.undefinedRouteMap;
    if (this.#depth >= MAXIMUM_CALLS) {
      this.caveat(`Policy ${policy.value} calls itself; the route was denied.`, policy.span);
      return 'deny';
    }
    this.#depth += 1;
    const ended = walk(compiled, route, this);
    this.#depth -= 1;
    return ended;
  }

  /** Verdict where no policy decides. */
  later: PolicyVerdict = 'default';

  decideLater(verdict: 'permit' | 'deny'): void {
    this.later = verdict;
  }

  caveat(text: string, span: Span): void {
    this.#engine.toldOfRoutes += 1;
    this.#engine.caveat(this.#node, text, span);
  }

  matched(span: Span): void {
    this.spans = this.spans.length === 0 ? [span] : [...this.spans, span];
  }

  run(policy: Located<string>, route: PolicyRoute): PolicyVerdict {
    const ended = this.policy(policy, route);
    return ended === 'next-policy' ? 'default' : ended;
  }

  accepts(policy: Located<string>, route: PolicyRoute): boolean {
    const trial = { ...route };
    if (this.policy(policy, trial) !== 'permit') return false;
    Object.assign(route, trial);
    return true;
  }
}

/** Route-maps, routing policies and their lists of all devices, compiled when first used. */
export class PolicyEngine {
  readonly #devices = new Map<Device, DevicePolicies>();
  readonly #questions = new Map<(prefix: PrefixId) => boolean, number>();
  readonly #classes = new Map<string, (prefix: PrefixId) => number>();
  readonly #prefixes: PrefixTable;
  readonly #attributes: AttributeStore;
  readonly caveat: (node: string, text: string, span: Span) => void;
  /** How often something was said because of a route, and not because of a line alone. */
  toldOfRoutes = 0;

  constructor(
    prefixes: PrefixTable,
    attributes: AttributeStore,
    caveat: (node: string, text: string, span: Span) => void,
  ) {
    this.#prefixes = prefixes;
    this.#attributes = attributes;
    this.caveat = caveat;
  }

  /**
   * Evaluates a chain of policies on a route and changes the route as they say. The changes count only when the
   * verdict is not `deny`. An undefined policy has the effect that the system gives it.
   */
  evaluate(
    table: Table,
    chain: readonly Located<string>[],
    route: PolicyRoute,
    conditions: PolicyConditions = NO_CONDITIONS,
  ): PolicyOutcome {
    const run = new Run(this, this.#of(table), table.node, conditions);
    for (const policy of chain) {
      const ended = run.policy(policy, route);
      if (ended !== 'next-policy') return { verdict: ended, spans: run.spans };
    }
    return { verdict: run.later, spans: run.spans };
  }

  /**
   * A number for each prefix such that the chain treats prefixes with the same number alike; undefined when its answer
   * depends on more than the route.
   */
  prefixClass(table: Table, chain: readonly Located<string>[]): ((prefix: PrefixId) => number) | undefined {
    const device = this.#of(table);
    const key = chain.map((policy) => policy.value).join('\n');
    if (!device.classes.has(key)) {
      const asks = this.#asksOf(device, chain, new Set());
      device.classes.set(key, asks && this.classesOf(asks));
    }
    return device.classes.get(key);
  }

  #asksOf(
    device: DevicePolicies,
    chain: readonly Located<string>[],
    seen: Set<string>,
  ): readonly ((prefix: PrefixId) => boolean)[] | undefined {
    const all: ((prefix: PrefixId) => boolean)[] = [];
    for (const { value } of chain) {
      if (seen.has(value)) continue;
      seen.add(value);
      const compiled = this.compiled(device, value);
      if (!compiled) continue;
      const inner = this.#asksOf(device, compiled.uses, seen);
      if (!compiled.asks || !inner) return undefined;
      all.push(...compiled.asks, ...inner);
    }
    return all;
  }

  /** Numbers prefixes by their answers to some questions; the same function for the same questions. */
  classesOf(asks: readonly ((prefix: PrefixId) => boolean)[]): (prefix: PrefixId) => number {
    const key = asks.map((ask) => {
      const known = this.#questions.get(ask) ?? this.#questions.size;
      this.#questions.set(ask, known);
      return known;
    });
    const name = key.join();
    const classes = this.#classes.get(name) ?? newClasses(asks);
    this.#classes.set(name, classes);
    return classes;
  }

  /** Whether no policy of the chain, nor one that it uses, asks about the AS path or changes it. */
  ignoresPath(table: Table, chain: readonly Located<string>[]): boolean {
    const device = this.#of(table);
    const seen = new Set<string>();
    const open = [...chain];
    for (let next = open.pop(); next; next = open.pop()) {
      if (seen.has(next.value)) continue;
      seen.add(next.value);
      const compiled = this.compiled(device, next.value);
      if (!compiled) continue;
      if (!compiled.ignoresPath) return false;
      open.push(...compiled.uses);
    }
    return true;
  }

  /** Whether a prefix list permits the prefix; undefined when the device has no such list. */
  prefixList(table: Table, family: Family, name: string): ((prefix: PrefixId) => boolean) | undefined {
    const { device } = table;
    return this.#filter(table, `prefix-list ${prefixListKey(family, name)}`, () => {
      const list = device.prefixLists.get(prefixListKey(family, name));
      return list && prefixListMatcher(this.#prefixes, list);
    });
  }

  /** Whether an access list, read as a filter of routes, permits the prefix; undefined when there is none. */
  accessList(table: Table, family: Family, name: string): ((prefix: PrefixId) => boolean) | undefined {
    const { device } = table;
    return this.#filter(table, `access-list ${prefixListKey(family, name)}`, () => {
      const list = device.accessLists.get(prefixListKey(family, name));
      return list && accessListMatcher(this.#prefixes, list);
    });
  }

  asPathList(table: Table, name: string): AsPathMatcher | undefined {
    const of = this.#of(table);
    if (!of.asPathFilters.has(name)) {
      const list = table.device.asPathLists.get(name);
      const alphabet = table.behaviour.asPathExpressions ?? 'characters';
      of.asPathFilters.set(
        name,
        list && asPathListMatcher(list, alphabet, (what) => this.caveat(table.node, `In ${name}, ${what}.`, list.span)),
      );
    }
    return of.asPathFilters.get(name);
  }

  isDefined(table: Table, policy: string): boolean {
    return table.device.policies.has(policy);
  }

  #filter(
    table: Table,
    key: string,
    make: () => ((prefix: PrefixId) => boolean) | undefined,
  ): ((prefix: PrefixId) => boolean) | undefined {
    const { prefixFilters } = this.#of(table);
    if (!prefixFilters.has(key)) prefixFilters.set(key, make());
    return prefixFilters.get(key);
  }

  #of(table: Table): DevicePolicies {
    const known = this.#devices.get(table.device);
    if (known) return known;
    const scope: CompileScope = {
      device: table.device,
      behaviour: table.behaviour,
      prefixes: this.#prefixes,
      attributes: this.#attributes,
      complain: (text, span) => this.caveat(table.node, text, span),
      asks: () => {},
      readsPath: () => {},
      uses: () => {},
    };
    const made: DevicePolicies = {
      scope,
      policies: new Map(),
      prefixFilters: new Map(),
      asPathFilters: new Map(),
      classes: new Map(),
    };
    this.#devices.set(table.device, made);
    return made;
  }

  /** For the evaluation of policies by policies. */
  compiled({ scope, policies }: DevicePolicies, name: string): Compiled | undefined {
    if (policies.has(name)) return policies.get(name);
    const policy = scope.device.policies.get(name);
    const compiled = policy && compile(scope, policy);
    policies.set(name, compiled);
    return compiled;
  }
}

function newClasses(asks: readonly ((prefix: PrefixId) => boolean)[]): (prefix: PrefixId) => number {
  if (asks.length === 0) return () => 0;
  const numbers = new Map<string, number>();
  const known: (number | undefined)[] = [];
  return (prefix) => {
    const before = known[prefix];
    if (before !== undefined) return before;
    const answers = asks.map((ask) => (ask(prefix) ? '1' : '0')).join('');
    const number = numbers.get(answers) ?? numbers.size;
    numbers.set(answers, number);
    known[prefix] = number;
    return number;
  };
}

type PolicyConfig = Device['policies'] extends ReadonlyMap<string, infer P> ? P : never;

function compile(deviceScope: CompileScope, policy: PolicyConfig): Compiled {
  let asks: ((prefix: PrefixId) => boolean)[] | undefined = [];
  let ignoresPath = true;
  const uses: Located<string>[] = [];
  const scope: CompileScope = {
    ...deviceScope,
    readsPath: () => {
      ignoresPath = false;
    },
    asks: (about) => {
      if (about === 'other routes') asks = undefined;
      else asks?.push(about);
    },
    uses: (called) => uses.push(called),
  };
  const terms = compileTerms(scope, policy);
  const defaultActions = (policy.defaultActions ?? []).map((action) => compileAction(scope, action));
  const { defaultDisposition, comparesOriginal = false } = policy;
  return { terms, defaultDisposition, comparesOriginal, defaultActions, asks, ignoresPath, uses };
}

function compileTerms(scope: CompileScope, policy: PolicyConfig): Term[] {
  const sorted = [...policy.terms].sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));
  return sorted.map((term, at) => {
    const target = term.continueAt?.value;
    const found = target === 'next' ? at + 1 : sorted.findIndex((other) => other.sequence === target);
    return {
      span: term.span,
      conditions: term.conditions.map((condition) => compileCondition(scope, condition)),
      actions: term.actions.map((action) => compileAction(scope, action)),
      disposition: term.disposition,
      // A `continue` to an entry that is not there ends the policy as if it were past the last one.
      continueAt: target === undefined ? undefined : found < 0 ? sorted.length : found,
    };
  });
}

function holds(conditions: readonly Test[], route: PolicyRoute, evaluation: Run): boolean {
  for (const condition of conditions) if (!condition(route, evaluation)) return false;
  return true;
}

function walk(policy: Compiled, route: PolicyRoute, evaluation: Run): Ended {
  // Set once a `continue` was taken: the end of the policy then permits (Cisco, FRR: the entry that matched counts).
  let continued = false;
  const asked = policy.comparesOriginal ? { ...route } : route;
  for (let at = 0; at < policy.terms.length; ) {
    const term = policy.terms[at] as Term;
    if (!holds(term.conditions, asked, evaluation)) {
      at += 1;
      continue;
    }
    evaluation.matched(term.span);
    if (term.disposition === 'deny') return 'deny';
    for (const action of term.actions) if (!action(route, evaluation)) return 'deny';
    if (term.continueAt !== undefined && term.continueAt > at) {
      continued = true;
      at = term.continueAt;
    } else if (term.disposition === 'next-term') at += 1;
    else if (term.disposition === 'default') return atEnd(policy, route, evaluation);
    else return term.disposition;
  }
  return continued ? 'permit' : atEnd(policy, route, evaluation);
}

function atEnd(policy: Compiled, route: PolicyRoute, evaluation: Evaluation): Ended {
  for (const action of policy.defaultActions) if (!action(route, evaluation)) return 'deny';
  // A policy that decides nothing leaves it to the next one of the chain, and the last to the protocol.
  return policy.defaultDisposition === 'protocol-default' ? 'next-policy' : policy.defaultDisposition;
}
