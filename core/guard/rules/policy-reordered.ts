import type { Device } from '../../config/device/device.ts';
import { meaning as meaningOf } from '../meaning.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

type Policy = Device['policies'] extends ReadonlyMap<string, infer P> ? P : never;
type Term = Policy['terms'][number];

const SPAN: ReadonlySet<string> = new Set(['span']);

/** What a term does, whatever its number and place. */
const meaning = ({ conditions, actions, disposition, continueAt }: Term): string =>
  meaningOf([conditions, actions, disposition, continueAt], SPAN);

const nameOf = (policy: Policy, term: Term): string => `${policy.name} ${term.sequence ?? term.name}`;

/** Terms in the order in which they are evaluated, which in a route-map is that of the numbers. */
const inOrder = ({ terms }: Policy): readonly Term[] =>
  terms.every(({ sequence }) => sequence !== undefined)
    ? [...terms].sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0))
    : terms;

/** A term that no route passes by: nothing behind it is ever evaluated. */
const endsHere = ({ conditions, disposition, continueAt }: Term): boolean =>
  conditions.length === 0 && (disposition === 'permit' || disposition === 'deny') && !continueAt;

function unreachable(policy: Policy): RawFinding[] {
  const terms = inOrder(policy);
  const at = terms.findIndex(endsHere);
  const end = terms[at];
  const behind = terms.slice(at + 1);
  if (!end || behind.length === 0) return [];
  // `continue 30` in an earlier entry passes by this one.
  if (terms.slice(0, at).some(({ continueAt }) => continueAt !== undefined)) return [];
  // What does the same as the entry in front of it, and no more, may stay for people to read.
  if (behind.every(({ disposition, actions }) => disposition === end.disposition && actions.length === 0)) return [];
  const verb = end.disposition === 'deny' ? 'denies' : 'permits';
  const what = `${behind.length} ${behind.length === 1 ? 'entry' : 'entries'} behind it never ${behind.length === 1 ? 'applies' : 'apply'}`;
  return [
    {
      span: head(end.span),
      priority: 'P1',
      message: `${nameOf(policy, end)} ${verb} every route: ${what}`,
      key: `unreachable ${policy.name} ${behind.map(meaning).join(' ')}`,
    },
  ];
}

/** The same terms in another order: the first one that now stands in front of one that stood in front of it. */
function reordered(policy: Policy, old: Policy): RawFinding[] {
  const [terms, oldTerms] = [inOrder(policy), inOrder(old)];
  const was = oldTerms.map(meaning);
  const now = terms.map(meaning);
  const kept = now.filter((each) => was.includes(each));
  const keptBefore = was.filter((each) => now.includes(each));
  if (new Set(now).size < now.length || new Set(was).size < was.length) return [];
  const at = kept.findIndex((each, index) => each !== keptBefore[index]);
  const moved = kept[at];
  if (moved === undefined) return [];
  const term = terms[now.indexOf(moved)];
  const overtaken = oldTerms[was.indexOf(keptBefore[at] ?? '')];
  // Two terms that do the same with what they match may stand in any order.
  if (!term || !overtaken || (term.disposition === overtaken.disposition && sameActions(term, overtaken))) return [];
  return [
    {
      span: head(term.span),
      message: `${nameOf(policy, term)} now decides before what was ${nameOf(old, overtaken)}: routes that match both are treated differently`,
      key: `order ${policy.name}`,
    },
  ];
}

const sameActions = (a: Term, b: Term): boolean => meaningOf(a.actions, SPAN) === meaningOf(b.actions, SPAN);

export default rule({
  id: 'policy-reordered',
  number: 6,
  priority: 'P0',
  scope: 'device',
  title: 'Policy entries reordered, or cut off by an entry that matches everything',
  why: 'The first entry that matches decides. A final reject that moves up, or an entry inserted with too low a number, changes what happens to routes that no line of the change names.',
  sources: ['Cloudflare, outage of 21 June 2022 (reordered terms withdrew prefixes in 19 data centres)'],
  remedy: 'Compare the order with the one before; keep the entry that matches everything last.',
  escalation: { to: 'P0', why: 'An entry that the change makes unreachable used to decide about routes.' },
  check: ({ device, before }) =>
    [...device.policies.values()].flatMap((policy) => {
      const old = before?.device.policies.get(policy.name);
      return [...unreachable(policy), ...(old ? reordered(policy, old) : [])];
    }),
});
