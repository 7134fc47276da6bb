import { protocolNumber } from '../network/forwarding/flow.ts';
import type { AccessList, AclEntry } from '../network/forwarding/packet-filter.ts';
import type { InterfaceConfig } from '../network/interfaces.ts';
import type { Answer, ApprovedService, Facts } from './framework.ts';
import type { Citation, Judgement } from './judgement.ts';
import { together } from './judgement.ts';
import { accessListOf } from './packet-filters.ts';
import { cite, fail, pass, type Subject, subjectOf, untested } from './subject.ts';

const fact = (text: string): Citation => ({ device: '', file: null, line: null, text });

/**
 * What the change permits newly, held against the site's list of approved services (PCI DSS 1.2.5). Asked are the
 * packet filters that interfaces have after the change: an entry is new when the filter that was there before did not
 * have it, or had a denial before it that is gone.
 */
export function newPermitsApproved({ subjects, run: { approvedServices, before } }: Facts): Answer {
  if (!approvedServices)
    return answer(
      untested(
        fact(
          'The site has declared no list of approved services, so that what is permitted cannot be held against one.',
        ),
      ),
    );
  if (!before)
    return answer(untested(fact('There is no state before the change that its permissions could be compared with.')));
  const judged = subjects.flatMap((subject) => {
    const was = before.nodes.get(subject.node);
    const earlier = was && subjectOf(before, subject.node, was.config);
    return [...subject.device.interfaces.values()].flatMap((port) =>
      portJudgements(subject, port, earlier, approvedServices),
    );
  });
  return answer(
    judged.length > 0
      ? together(judged)
      : pass(fact('No packet filter of an interface permits anything that it did not permit before.')),
  );
}

const answer = ({ status, citations }: Judgement): Answer => ({ status, evidence: citations });

type Group = InterfaceConfig['accessGroups'][number];

function portJudgements(
  subject: Subject,
  port: InterfaceConfig,
  earlier: Subject | undefined,
  approved: readonly ApprovedService[],
): readonly Judgement[] {
  const groupsBefore = earlier?.device.interfaces.get(port.name)?.accessGroups ?? [];
  const same = (a: Group) => (b: Group) => a.direction === b.direction && a.family === b.family;
  const gone = groupsBefore
    .filter((group) => !port.accessGroups.some(same(group)))
    .map((group) =>
      fail(
        cite(
          subject,
          port.span,
          `${port.name} has lost its filter ${group.list.value} (${group.direction}), so that every service is permitted.`,
        ),
      ),
    );
  const isNew = earlier !== undefined && !earlier.device.interfaces.has(port.name);
  const kept = port.accessGroups.flatMap((group) => {
    const before = groupsBefore.find(same(group));
    // On a port that was there without a filter everything was permitted before; on one that was not, nothing.
    if (!earlier || (!before && !isNew)) return [];
    const list = accessListOf(subject.device, group.family, group.list.value);
    if (!list)
      return [
        untested(cite(subject, group.list.span, `The filter ${group.list.value} of ${port.name} is not defined.`)),
      ];
    const old = before && accessListOf(earlier.device, before.family, before.list.value);
    if (before && !old && earlier.behaviour.undefinedAccessList === 'permit') return [];
    return newPermits(old?.entries ?? [], list.entries).map((entry) => entryJudgement(subject, entry, list, approved));
  });
  if (isNew && port.accessGroups.length === 0 && subject.routed.includes(port))
    return [untested(cite(subject, port.span, `${port.name} is new and has no filter: every service is permitted.`))];
  return [...gone, ...kept];
}

/** What an entry means, without the place at which it stands. */
const meaning = ({ span: _, sequence: __, log: ___, ...entry }: AclEntry): string => JSON.stringify(entry);

const inOrder = (entries: readonly AclEntry[]): readonly AclEntry[] =>
  [...entries].sort((a, b) => a.sequence - b.sequence);

/** Permits among entries that others did not have, or had behind a denial that no longer stands before them. */
function newPermits(old: readonly AclEntry[], entries: readonly AclEntry[]): readonly AclEntry[] {
  const denialsBefore = (among: readonly AclEntry[], at: number): ReadonlySet<string> =>
    new Set(among.slice(0, at).flatMap((entry) => (entry.action === 'deny' ? [meaning(entry)] : [])));
  const was = inOrder(old);
  const now = inOrder(entries);
  const known = new Map<string, ReadonlySet<string>>();
  for (const [at, entry] of was.entries())
    if (!known.has(meaning(entry))) known.set(meaning(entry), denialsBefore(was, at));
  return now.filter((entry, at) => {
    if (entry.action !== 'permit') return false;
    const denials = known.get(meaning(entry));
    if (!denials) return true;
    const standing = denialsBefore(now, at);
    return [...denials].some((denial) => !standing.has(denial));
  });
}

const within = (
  ranges: readonly (readonly [number, number])[] | undefined,
  allowed: ApprovedService['ports'],
): boolean =>
  allowed === undefined ||
  (ranges?.every(([low, high]) => allowed.some(([first, last]) => first <= low && high <= last)) ?? false);

function entryJudgement(
  subject: Subject,
  entry: AclEntry,
  list: AccessList,
  approved: readonly ApprovedService[],
): Judgement {
  if (entry.notModelled !== undefined)
    return untested(
      cite(subject, entry.span, `What ${list.name} newly permits here is not modelled: "${entry.notModelled}".`),
    );
  const wanted = protocolNumber(entry.protocol);
  if (wanted === undefined)
    return untested(cite(subject, entry.span, `The protocol ${entry.protocol} of ${list.name} is not known.`));
  if (entry.established)
    return pass(cite(subject, entry.span, `${list.name} newly permits answers of connections that are established.`));
  const service = approved.find(({ protocol, ports }) => {
    const number = protocolNumber(protocol);
    return number !== undefined && (number === 'any' || number === wanted) && within(entry.destinationPorts, ports);
  });
  const what = `${entry.protocol}${entry.destinationPorts ? ` port ${entry.destinationPorts.map(([low, high]) => (low === high ? low : `${low}-${high}`)).join(', ')}` : ''}`;
  return service
    ? pass(cite(subject, entry.span, `${list.name} newly permits ${what}, which the site has approved.`))
    : fail(cite(subject, entry.span, `${list.name} newly permits ${what}, which is not among the approved services.`));
}
