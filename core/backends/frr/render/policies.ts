/* Route-maps and the lists that they ask, in FRR's language. */
import type { Behaviour } from '../../../config/behaviour.ts';
import type { Device } from '../../../config/device/device.ts';
import { type Action, prefixListKey } from '../../../config/device/policy.ts';
import type { PortNames } from './names.ts';
import { type Page, word } from './page.ts';

type Policy = Device['policies'] extends ReadonlyMap<string, infer P> ? P : never;
type Term = Policy['terms'][number];
type ReadCondition = Term['conditions'][number];
type ReadAction = Term['actions'][number];

export interface RenderPolicyInput {
  readonly device: Device;
  readonly behaviour: Behaviour;
  readonly ports: PortNames;
  readonly page: Page;
}

/** All lists and route-maps of a device. */
export function renderPolicies(input: RenderPolicyInput): void {
  const { device, page } = input;
  for (const { name, family, entries } of device.prefixLists.values())
    for (const { sequence, action, prefix, minLength, maxLength, span } of entries)
      page.line(
        `${family === 'ipv4' ? 'ip' : 'ipv6'} prefix-list ${word(name)} seq ${sequence} ${action} ${prefix}${bounds(prefix, minLength, maxLength)}`,
        span,
      );
  renderCommunityLists(input);
  for (const { name, entries } of device.asPathLists.values())
    for (const { action, expression, span } of entries)
      page.line(`bgp as-path access-list ${word(name)} ${action} ${expression}`, span);
  for (const { name, type, entries, family } of device.accessLists.values())
    for (const entry of entries) {
      const prefix = prefixOf(entry.source);
      if (type === 'standard' && prefix !== undefined)
        page.line(
          `${family === 'ipv4' ? '' : 'ipv6 '}access-list ${word(name)} seq ${entry.sequence} ${entry.action} ${prefix}`,
          entry.span,
        );
    }
  for (const policy of device.policies.values()) renderPolicy(input, policy);
}

function bounds(prefix: string, min: number, max: number): string {
  const length = Number(prefix.split('/')[1]);
  const widest = prefix.includes(':') ? 128 : 32;
  if (min === length && max === length) return '';
  if (min === length) return ` le ${max}`;
  return max === widest ? ` ge ${min}` : ` ge ${min} le ${max}`;
}

type AclAddress =
  Device['accessLists'] extends ReadonlyMap<string, infer L>
    ? L extends { readonly entries: readonly { readonly source: infer S }[] }
      ? S
      : never
    : never;

/** An address with a wildcard as a prefix; undefined where the wildcard has holes. */
function prefixOf(address: AclAddress): string | undefined {
  if (address.kind === 'any') return 'any';
  if (address.kind !== 'wildcard' || address.family !== 'ipv4') return undefined;
  const bits = address.wildcard.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const length = 32 - Math.round(Math.log2(bits + 1));
  return Number.isInteger(Math.log2(bits + 1)) ? `${address.address}/${length}` : undefined;
}

function renderCommunityLists({ device, page }: RenderPolicyInput): void {
  const tables = [
    ['community-list', device.communityLists, 'standard', 'expanded'],
    ['large-community-list', device.largeCommunityLists, 'standard', 'expanded'],
    ['extcommunity-list', device.extendedCommunityLists, 'standard', 'expanded'],
  ] as const;
  for (const [command, lists, plain, expanded] of tables)
    for (const { name, entries } of lists.values())
      for (const { action, members, expression, span } of entries) {
        if (members) page.line(`bgp ${command} ${plain} ${word(name)} ${action} ${members.join(' ')}`, span);
        else if (expression !== undefined)
          page.line(`bgp ${command} ${expanded} ${word(name)} ${action} ${expression}`, span);
      }
}

/** Whether a reference to a policy has an effect other than letting everything pass. */
export const isApplied = (
  { device, behaviour }: Pick<RenderPolicyInput, 'device' | 'behaviour'>,
  name: string,
): boolean => device.policies.has(name) || behaviour.undefinedRouteMap === 'deny';

/** FRR's own numbers, far enough apart for terms that need several entries. */
const STEP = 20;
const LAST = 65_535;

function renderPolicy(input: RenderPolicyInput, policy: Policy): void {
  const { page } = input;
  const name = word(policy.name);
  const numberOf = new Map<number, number>();
  for (const [at, { sequence }] of policy.terms.entries())
    if (sequence !== undefined) numberOf.set(sequence, (at + 1) * STEP);
  if (policy.comparesOriginal)
    page.note(
      `The policy ${policy.name} asks for routes as they came; in the twin it sees its own changes.`,
      policy.span,
    );
  for (const [at, term] of policy.terms.entries()) {
    const alternatives = alternativesOf(input, name, term, at);
    if (!alternatives) continue;
    const { disposition } = term;
    const goesOn = disposition === 'next-term' || (disposition === 'default' && term.actions.length > 0);
    if (disposition === 'next-policy' || disposition === 'default' || disposition === 'next-term')
      page.note(
        `The term ${term.name} of ${policy.name} leaves its decision to what follows; in the twin a route that nothing further matches is accepted.`,
        term.span,
      );
    for (const [index, conditions] of alternatives.slice(0, STEP - 1).entries()) {
      page.line(
        `route-map ${name} ${disposition === 'deny' ? 'deny' : 'permit'} ${(at + 1) * STEP + index}`,
        term.span,
      );
      for (const { text, span } of conditions) page.line(` ${text}`, span);
      if (disposition !== 'deny') for (const action of term.actions) renderAction(input, action);
      if (term.continueAt) {
        const { value, span } = term.continueAt;
        const target = value === 'next' ? (at + 2) * STEP : numberOf.get(value);
        if (target === undefined) page.note(`${policy.name} goes on at entry ${value}, which it does not have.`, span);
        else page.line(` on-match goto ${target}`, span);
      } else if (goesOn) page.line(` on-match goto ${(at + 2) * STEP}`, term.span);
      page.line('exit');
    }
    if (alternatives.length >= STEP)
      page.note(`The term ${term.name} of ${policy.name} has more alternatives than can be carried over.`, term.span);
  }
  if (policy.defaultDisposition !== 'deny') {
    if (policy.defaultDisposition === 'permit') page.line(`route-map ${name} permit ${LAST}`, policy.span);
    else {
      page.line(`route-map ${name} permit ${LAST}`, policy.span);
      page.note(
        `A route that no term of ${policy.name} decides is accepted in the twin, whatever the protocol's default is.`,
        policy.span,
      );
    }
    for (const action of policy.defaultActions ?? []) renderAction(input, action);
    page.line('exit');
  }
}

interface Match {
  readonly text: string;
  readonly span: ReadCondition['span'];
}

/**
 * A term's conditions as alternatives, each of which must hold as a whole: FRR asks one list per kind. Undefined for a
 * term that cannot be carried over: it is left out, and said.
 */
function alternativesOf(
  input: RenderPolicyInput,
  map: string,
  term: Term,
  at: number,
): readonly (readonly Match[])[] | undefined {
  let alternatives: readonly (readonly Match[])[] = [[]];
  for (const [index, condition] of term.conditions.entries()) {
    const found = matchesOf(input, condition, `${map}-${at + 1}-${index + 1}`);
    if (typeof found === 'string') {
      input.page.note(`The term ${term.name} of ${map} is left out of the twin: ${found}.`, condition.span);
      return undefined;
    }
    alternatives = alternatives.flatMap((one) => found.map((more) => [...one, ...more]));
  }
  return alternatives;
}

type Alternatives = readonly (readonly Match[])[];

/** The alternatives of one condition; a sentence where FRR has nothing like it. */
function matchesOf(input: RenderPolicyInput, condition: ReadCondition, name: string): Alternatives | string {
  const { device, behaviour, ports, page } = input;
  const { span } = condition;
  const one = (text: string): readonly Match[] => [{ text, span }];
  const lists = (
    names: readonly { readonly value: string }[],
    isDefined: (name: string) => boolean,
    undefinedMatches: boolean,
    text: (name: string) => string,
  ): Alternatives => names.map(({ value }) => (isDefined(value) || !undefinedMatches ? one(text(word(value))) : []));
  switch (condition.kind) {
    case 'all': {
      const parts = condition.of.map((part, at) => matchesOf(input, part as ReadCondition, `${name}-${at}`));
      const broken = parts.find((part) => typeof part === 'string');
      if (typeof broken === 'string') return broken;
      return (parts as Alternatives[]).reduce<Alternatives>(
        (sum, part) => sum.flatMap((left) => part.map((right) => [...left, ...right])),
        [[]],
      );
    }
    case 'any': {
      const parts = condition.of.map((part, at) => matchesOf(input, part as ReadCondition, `${name}-${at}`));
      const broken = parts.find((part) => typeof part === 'string');
      return typeof broken === 'string' ? broken : (parts as Alternatives[]).flat();
    }
    case 'prefix-list':
    case 'next-hop-prefix-list': {
      const { family } = condition;
      const what = condition.kind === 'prefix-list' ? 'address' : 'next-hop';
      const command = `match ${family === 'ipv4' ? 'ip' : 'ipv6'} ${what} prefix-list`;
      return lists(
        condition.lists,
        (list) => device.prefixLists.has(prefixListKey(family, list)),
        behaviour.undefinedPrefixList === 'match',
        (list) => `${command} ${list}`,
      );
    }
    case 'prefix': {
      const ip = condition.prefix.includes(':') ? 'ipv6' : 'ip';
      const { prefix, minLength, maxLength } = condition;
      page.line(`${ip} prefix-list ${name} seq 5 permit ${prefix}${bounds(prefix, minLength, maxLength)}`, span);
      return [one(`match ${ip} address prefix-list ${name}`)];
    }
    case 'access-list': {
      const broken = condition.lists.find(({ value }) => {
        const list = device.accessLists.get(prefixListKey(condition.family, value));
        return list && (list.type !== 'standard' || list.entries.some(({ source }) => prefixOf(source) === undefined));
      });
      if (broken) return `the access list ${broken.value} asks for more than prefixes`;
      return lists(
        condition.lists,
        (list) => device.accessLists.has(prefixListKey(condition.family, list)),
        behaviour.undefinedAccessList === 'permit',
        (list) => `match ${condition.family === 'ipv4' ? 'ip' : 'ipv6'} address ${list}`,
      );
    }
    case 'community-list':
      return lists(
        condition.lists,
        (list) => device.communityLists.has(list),
        behaviour.undefinedCommunityList === 'match',
        (list) => `match community ${list}${condition.exact ? ' exact-match' : ''}`,
      );
    case 'large-community-list':
      return lists(
        condition.lists,
        (list) => device.largeCommunityLists.has(list),
        behaviour.undefinedCommunityList === 'match',
        (list) => `match large-community ${list}${condition.exact ? ' exact-match' : ''}`,
      );
    case 'extended-community-list':
      return lists(
        condition.lists,
        (list) => device.extendedCommunityLists.has(list),
        behaviour.undefinedCommunityList === 'match',
        (list) => `match extcommunity ${list}`,
      );
    case 'as-path-list':
      return lists(
        condition.lists,
        (list) => device.asPathLists.has(list),
        behaviour.undefinedAsPathList === 'match',
        (list) => `match as-path ${list}`,
      );
    case 'next-hop':
      return condition.addresses.map((address) =>
        one(
          `match ${address.includes(':') ? 'ipv6' : 'ip'} next-hop ${address.includes(':') ? '' : 'address '}${address}`,
        ),
      );
    case 'interface':
      return condition.interfaces.map(({ value }) =>
        one(`match interface ${ports.get(value.toLowerCase()) ?? word(value)}`),
      );
    case 'neighbour':
      return condition.peers.map((peer) => one(`match peer ${ports.get(peer.toLowerCase()) ?? peer}`));
    case 'tag':
      return condition.tags.map((tag) => one(`match tag ${tag}`));
    case 'metric':
      return condition.min === condition.max
        ? [one(`match metric ${condition.min}`)]
        : 'FRR matches no range of metrics';
    case 'local-preference':
      return condition.min === condition.max
        ? [one(`match local-preference ${condition.min}`)]
        : 'FRR matches no range of local preferences';
    case 'origin':
      return [one(`match origin ${condition.origin}`)];
    case 'not-modelled':
      return `"${condition.text}" is not modelled`;
    default:
      return `FRR has no condition like ${condition.kind.replaceAll('-', ' ')}`;
  }
}

/** An action as FRR's line, or what is lost of it. */
type Carried = { readonly line: string } | { readonly lost: string };

function renderAction({ device, page }: RenderPolicyInput, action: ReadAction): void {
  const { span } = action;
  if (action.kind === 'set-communities') {
    renderCommunities(device, page, action);
    return;
  }
  const carried = carriedAction(action);
  if ('line' in carried) page.line(` ${carried.line}`, span);
  else page.note(`${carried.lost} is not carried over to the twin.`, span);
}

function carriedAction(action: Exclude<ReadAction, SetCommunities>): Carried {
  const line = (text: string): Carried => ({ line: text });
  const lost = (what: string): Carried => ({ lost: what });
  switch (action.kind) {
    case 'set-local-preference':
      return action.operation === 'set'
        ? line(`set local-preference ${action.value}`)
        : lost('A relative local preference');
    case 'set-metric':
      return action.operation === 'set' ? line(`set metric ${action.value}`) : lost('A relative metric');
    case 'set-metric-type':
      return action.value === 'type-1' || action.value === 'type-2'
        ? line(`set metric-type ${action.value}`)
        : lost(`The metric type ${action.value}`);
    case 'set-weight':
      return line(`set weight ${action.value}`);
    case 'set-origin':
      return line(`set origin ${action.value}`);
    case 'set-tag':
      return line(`set tag ${action.value}`);
    case 'set-distance':
      return line(`set distance ${action.value}`);
    case 'prepend-as-path':
      return line(`set as-path prepend ${action.asns.join(' ')}`);
    case 'prepend-last-as':
      return line(`set as-path prepend last-as ${action.count}`);
    case 'call':
      return line(`call ${word(action.policy.value)}`);
    case 'set-next-hop': {
      const { value } = action;
      if (typeof value === 'object')
        return line(
          value.address.includes(':')
            ? `set ipv6 next-hop global ${value.address}`
            : `set ip next-hop ${value.address}`,
        );
      if (value === 'peer-address' || value === 'unchanged') return line(`set ip next-hop ${value}`);
      return lost(`The next hop "${value}"`);
    }
    case 'not-modelled':
      return lost(`"${action.text}"`);
    default:
      return lost(`The action ${(action as Action).kind.replaceAll('-', ' ')}`);
  }
}

type SetCommunities = Extract<ReadAction, { readonly kind: 'set-communities' }>;

function renderCommunities(
  device: Device,
  page: Page,
  { operation, type, members, lists, span }: SetCommunities,
): void {
  const command = type === 'standard' ? 'community' : type === 'large' ? 'large-community' : 'extcommunity';
  if (operation === 'none') {
    page.line(` set ${command} none`, span);
    return;
  }
  if (operation === 'delete') {
    for (const { value } of lists)
      page.line(` set ${type === 'standard' ? 'comm-list' : 'large-comm-list'} ${word(value)} delete`, span);
    if (members.length > 0 || type === 'extended')
      page.note('Communities that are deleted by their value are not carried over to the twin.', span);
    return;
  }
  const named = lists.flatMap(({ value }) =>
    (device.communityLists.get(value)?.entries ?? []).flatMap((entry) => entry.members ?? []),
  );
  const all = [...members, ...named];
  if (type === 'extended') {
    page.note('Extended communities that a policy sets are not carried over to the twin.', span);
    return;
  }
  if (all.length > 0) page.line(` set ${command} ${all.join(' ')}${operation === 'add' ? ' additive' : ''}`, span);
}
