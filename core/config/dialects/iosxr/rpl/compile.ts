import type { DeviceDraft } from '../../../device/device.ts';
import type { Action, Condition, PolicyTerm, RoutePolicy } from '../../../device/policy.ts';
import type { Span } from '../../../span.ts';
import type { ConfigTree } from '../../../tree.ts';
import { actionOf } from './actions.ts';
import { compare, type Scope } from './conditions.ts';
import { type Library, readLibrary } from './library.ts';
import { type PolicyStatement, type PolicyText, splitCall, type Test } from './syntax.ts';
import { spanOf, type Token, textOf } from './tokens.ts';

/*
 * A policy becomes terms that are tried one after the other. Each carries the conditions of the branches that lead to
 * it; comparisons see the route as it came ("When Attributes Are Modified"), so that earlier terms do not change who
 * matches. `pass` and every change of an attribute let the route through and go on; `drop` and `done` end.
 */

/** Policies that apply each other are put in line; these bounds keep a circle, or a tower of them, from growing. */
const MAX_DEPTH = 32;
const MAX_TERMS = 10_000;

interface Walk extends Scope {
  readonly terms: PolicyTerm[];
  /** Names of the policies that are being put in line. */
  readonly open: readonly string[];
  readonly values: ReadonlyMap<string, string>;
}

const bound = (walk: Walk, tokens: readonly Token[]): readonly Token[] =>
  walk.values.size === 0
    ? tokens
    : tokens.map((token) => ({ ...token, value: walk.values.get(token.value) ?? token.value }));

function conditionOf(walk: Walk, test: Test, span: Span): Condition {
  switch (test.kind) {
    case 'and':
      return { kind: 'all', of: test.of.map((each) => conditionOf(walk, each, span)), span };
    case 'or':
      return { kind: 'any', of: test.of.map((each) => conditionOf(walk, each, span)), span };
    case 'not':
      return { kind: 'not', of: conditionOf(walk, test.of, span), span };
    case 'apply':
      return { kind: 'policy', policy: test.policy, span: test.policy.span };
    case 'compare':
      return compare(walk, bound(walk, test.tokens), span);
  }
}

function addTerm(
  walk: Walk,
  conditions: readonly Condition[],
  actions: readonly Action[],
  disposition: 'permit' | 'deny' | 'next-term',
  goesOn: boolean,
  span: Span,
): void {
  const sequence = 10 * (walk.terms.length + 1);
  walk.terms.push({
    name: `${walk.open[0]} ${sequence}`,
    sequence,
    span,
    conditions: [...conditions],
    actions: [...actions],
    disposition,
    ...(goesOn && { continueAt: { value: 'next', span } }),
  });
}

/** Adds the terms of a list of statements; false when the list ends the policy for every route that reaches it. */
function walkStatements(
  walk: Walk,
  statements: readonly PolicyStatement[],
  conditions: readonly Condition[],
  otherwise: Span,
): boolean {
  let actions: Action[] = [];
  let first: Span | undefined;
  const flush = (disposition: 'permit' | 'deny' | undefined, span: Span): void => {
    if (disposition === 'deny') addTerm(walk, conditions, [], 'deny', false, span);
    else if (disposition || first)
      addTerm(walk, conditions, actions, 'permit', disposition === undefined, first ?? span);
    actions = [];
    first = undefined;
  };
  for (const statement of statements) {
    if (walk.terms.length > MAX_TERMS) {
      walk.library.note(`route-policy ${walk.open[0]}: it grows beyond ${MAX_TERMS} terms`, otherwise);
      return false;
    }
    switch (statement.kind) {
      case 'pass':
        first ??= statement.span;
        break;
      case 'unknown': {
        // Nobody knows whether it lets the route through; the term says that the policy is not to be trusted.
        flush(undefined, otherwise);
        const text = textOf(statement.tokens);
        const span = spanOf(statement.tokens, otherwise);
        walk.library.note(`route-policy ${walk.policy} / ${text}`, span);
        addTerm(walk, conditions, [{ kind: 'not-modelled', text, span }], 'next-term', false, span);
        break;
      }
      case 'action': {
        const tokens = bound(walk, statement.tokens);
        first ??= spanOf(tokens, otherwise);
        actions.push(actionOf(walk, tokens, otherwise));
        break;
      }
      case 'drop':
        flush('deny', statement.span);
        return false;
      case 'done':
        flush('permit', statement.span);
        return false;
      case 'apply':
        flush(undefined, statement.span);
        if (!applyPolicy(walk, statement, conditions)) return false;
        break;
      case 'if': {
        flush(undefined, statement.span);
        const before: Condition[] = [];
        for (const { test, body } of statement.branches) {
          const condition = test && conditionOf(walk, test, statement.span);
          walkStatements(walk, body, [...conditions, ...before, ...(condition ? [condition] : [])], statement.span);
          if (condition) before.push({ kind: 'not', of: condition, span: condition.span });
        }
        break;
      }
    }
  }
  flush(undefined, otherwise);
  return true;
}

/** `apply X`: as if the statements of X stood here. */
function applyPolicy(
  walk: Walk,
  { policy, args, span }: Extract<PolicyStatement, { kind: 'apply' }>,
  conditions: readonly Condition[],
): boolean {
  const name = walk.values.get(policy.value) ?? policy.value;
  const { device, note } = walk.library;
  const known = device.references.some(
    ({ kind, span: place }) =>
      kind === 'route-map' && place.line === policy.span.line && place.start === policy.span.start,
  );
  if (!known) device.references.push({ kind: 'route-map', name, span: policy.span });
  const text = walk.library.policies.get(name);
  if (!text || walk.open.includes(name) || walk.open.length > MAX_DEPTH) {
    const words = `apply ${name}`;
    note(`route-policy ${walk.policy} / ${words}`, span);
    addTerm(walk, conditions, [{ kind: 'not-modelled', text: words, span }], 'permit', true, span);
    return true;
  }
  const given = args.map((arg) => walk.values.get(arg) ?? arg);
  const inner: Walk = { ...walk, policy: name, open: [...walk.open, name], values: parameters(text, given) };
  return walkStatements(inner, text.statements, conditions, text.span);
}

const parameters = (text: PolicyText, args: readonly string[]): ReadonlyMap<string, string> =>
  new Map(text.parameters.flatMap((name, at) => (args[at] === undefined ? [] : [[name, args[at]] as const])));

function policyOf(library: Library, written: string, text: PolicyText): RoutePolicy {
  const { args } = splitCall(written);
  const walk: Walk = {
    library,
    policy: text.name,
    terms: [],
    open: [written],
    values: parameters(text, args),
  };
  walkStatements({ ...walk, open: [written, text.name] }, text.statements, [], text.span);
  return {
    name: written,
    span: text.span,
    terms: walk.terms,
    defaultDisposition: 'deny',
    comparesOriginal: true,
  };
}

/**
 * Makes the policies of the device from the text: every policy that is written, and every one that is used with
 * values (`route-policy X(100) in`), which `uses` names.
 */
export function finishPolicies(device: DeviceDraft, tree: ConfigTree, uses: readonly string[]): void {
  const library = readLibrary(device, tree);
  for (const text of library.policies.values()) device.policies.set(text.name, policyOf(library, text.name, text));
  for (const written of uses) {
    const { name, args } = splitCall(written);
    const text = args.length > 0 ? library.policies.get(name) : undefined;
    if (text) device.policies.set(written, policyOf(library, written, text));
    else device.policies.delete(written);
  }
}
