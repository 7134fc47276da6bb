import type { KeyOfChain, ProtocolAuthentication } from '../../config/device/hardening.ts';
import type { Span } from '../../config/span.ts';
import { isShutdown } from '../../network/interfaces.ts';
import type { Citation, Judgement } from '../judgement.ts';
import { together } from '../judgement.ts';
import { absent, cite, fail, notApplicable, pass, type Subject, untested } from '../subject.ts';
import type { Check, Topic } from './check.ts';

/** A place at which a routing protocol speaks with neighbours, and by what it authenticates them. */
interface Speaker {
  readonly name: string;
  readonly span: Span;
  readonly how: 'none' | 'plain' | 'md5' | 'keys';
  readonly by?: ProtocolAuthentication;
  readonly citedAt?: Span;
}

function speakers({ device, peers }: Subject): readonly Speaker[] {
  const bgp = peers.map(({ neighbour }): Speaker => {
    const { id, span, password, authenticatedBy } = neighbour;
    const base = { name: `BGP neighbour ${id}`, span };
    if (authenticatedBy?.keyChain)
      return { ...base, how: 'keys', by: authenticatedBy, citedAt: authenticatedBy.keyChain.span };
    return password ? { ...base, how: 'md5', citedAt: password.span } : { ...base, how: 'none' };
  });
  const ports = [...device.interfaces.values()].filter((port) => !isShutdown(port) && port.kind !== 'loopback');
  const ospf = ports.flatMap((port): readonly Speaker[] => {
    const own = port.ospf;
    if (!own?.area || own.passive?.value) return [];
    const base = { name: `OSPF on ${port.name}`, span: port.span };
    const area = device.ospf
      .filter(({ version }) => version === 2)
      .flatMap(({ areas }) => [...areas.values()])
      .find(({ id }) => id === own.area?.value);
    const how = own.authentication?.value ?? area?.authentication?.value;
    const citedAt = own.authentication?.span ?? area?.authentication?.span ?? own.authenticationKey?.span;
    const at = citedAt && { citedAt };
    if (own.authenticatedBy?.keyChain) return [{ ...base, how: 'keys', by: own.authenticatedBy, ...at }];
    const hash = own.authenticatedBy?.algorithm;
    if (how === 'message-digest')
      return [
        {
          ...base,
          how: hash && hash.value !== 'md5' ? 'keys' : 'md5',
          ...(hash && { by: { algorithm: hash } }),
          ...at,
        },
      ];
    return [{ ...base, how: how === 'simple' ? 'plain' : 'none', ...at }];
  });
  const others = ports.flatMap((port): readonly Speaker[] => {
    const of = (name: string, by: ProtocolAuthentication | undefined): Speaker => {
      const span = by?.algorithm?.span ?? by?.keyChain?.span;
      const how = by?.keyChain || by?.algorithm ? (by.algorithm?.value === 'md5' ? 'md5' : 'keys') : 'none';
      return {
        name: `${name} on ${port.name}`,
        span: port.span,
        how,
        ...(by && { by }),
        ...(span && { citedAt: span }),
      };
    };
    return [
      ...(port.isis && !port.isis.passive?.value ? [of('IS-IS', port.isis.authenticatedBy)] : []),
      ...(port.eigrp ?? []).filter(({ passive }) => !passive).map((each) => of('EIGRP', each.authenticatedBy)),
    ];
  });
  return [...bgp, ...ospf, ...others];
}

/** FIPS 198-1 with an approved hash, or CMAC-AES (RFC 5926). */
const approved = (algorithm: string): boolean => /sha-?(1|2|224|256|384|512)|aes.*cmac|cmac.*aes|^ao$/i.test(algorithm);

const NONE = 'The device speaks no routing protocol that has neighbours.';

const over = (subject: Subject, judge: (speaker: Speaker) => Judgement): Judgement => {
  const all = speakers(subject);
  return all.length === 0 ? notApplicable(subject, NONE) : together(all.map(judge));
};

const citing = (subject: Subject, { span, citedAt }: Speaker, text: string): Citation =>
  citedAt ? cite(subject, citedAt, text) : absent(subject, text, span);

/** Any proof at all, that is not a password in clear. */
const authenticated: Check = (subject) =>
  over(subject, (speaker) => {
    if (speaker.how === 'none')
      return fail(citing(subject, speaker, `${speaker.name}: neighbours are not authenticated`));
    if (speaker.how === 'plain')
      return fail(citing(subject, speaker, `${speaker.name}: the password is sent in clear`));
    return pass(citing(subject, speaker, `${speaker.name}: neighbours are authenticated`));
  });

function keysOf(subject: Subject, { by }: Speaker): readonly KeyOfChain[] | undefined {
  const name = by?.keyChain?.value;
  return name === undefined ? undefined : subject.device.keyChains.get(name)?.keys;
}

const approvedAlgorithms: Check = (subject) =>
  over(subject, (speaker) => {
    const { name, how, by } = speaker;
    if (how === 'none' || how === 'plain')
      return fail(citing(subject, speaker, `${name}: neighbours are not authenticated by a keyed hash`));
    if (how === 'md5') return fail(citing(subject, speaker, `${name}: MD5 is no approved algorithm`));
    if (by?.algorithm && approved(by.algorithm.value))
      return pass(cite(subject, by.algorithm.span, `${name}: ${by.algorithm.value}`));
    const keys = keysOf(subject, speaker);
    if (!keys)
      return by?.keyChain
        ? fail(cite(subject, by.keyChain.span, `${name}: the key chain ${by.keyChain.value} is not defined here`))
        : untested(citing(subject, speaker, `${name}: its algorithm is not known`));
    const weak = keys.find(({ algorithm }) => !algorithm || !approved(algorithm.value));
    if (weak)
      return fail(
        cite(
          subject,
          weak.algorithm?.span ?? weak.span,
          `${name}: key ${weak.id} has ${weak.algorithm ? `the algorithm ${weak.algorithm.value}` : 'no algorithm of its own'}`,
        ),
      );
    if (keys.length === 0) return fail(citing(subject, speaker, `${name}: the key chain has no key`));
    return pass(
      ...keys.map((key) =>
        cite(subject, key.algorithm?.span ?? key.span, `${name}: key ${key.id}: ${key.algorithm?.value}`),
      ),
    );
  });

const DAY = 86_400;
const LONGEST = 180 * DAY;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Seconds of `00:00:00 Jan 1 2026`, counted from an arbitrary day; undefined when it is not read. */
function moment(words: readonly string[]): number | undefined {
  const clock = /^(\d{1,2}):(\d{2}):(\d{2})$/.exec(words[0] ?? '');
  const rest = words.slice(1, 4);
  const month = rest.map((word) => MONTHS.indexOf(word.slice(0, 3).toLowerCase())).find((index) => index >= 0);
  const numbers = rest.filter((word) => /^\d+$/.test(word)).map(Number);
  const year = numbers.find((number) => number > 1900);
  const day = numbers.find((number) => number <= 31);
  if (!clock || month === undefined || year === undefined || day === undefined) return undefined;
  return Date.UTC(year, month, day, Number(clock[1]), Number(clock[2]), Number(clock[3])) / 1000;
}

/** How long a lifetime is, in seconds; infinite where it says so, undefined when it is not read. */
export function lifetimeSeconds(text: string): number | undefined {
  const words = text.replace(/^local /, '').split(/\s+/);
  if (words.includes('infinite')) return Number.POSITIVE_INFINITY;
  const at = words.indexOf('duration');
  if (at >= 0) return Number(words[at + 1]);
  const [start, end] = [moment(words.slice(0, 4)), moment(words.slice(4, 8))];
  return start === undefined || end === undefined ? undefined : end - start;
}

const shortLived: Check = (subject) =>
  over(subject, (speaker) => {
    const { name, how } = speaker;
    if (how === 'none' || how === 'plain')
      return fail(citing(subject, speaker, `${name}: no key authenticates the neighbours`));
    const keys = keysOf(subject, speaker);
    if (!keys || keys.length === 0) return fail(citing(subject, speaker, `${name}: the key has no lifetime`));
    for (const key of keys)
      for (const lifetime of [key.sendLifetime, key.acceptLifetime]) {
        if (!lifetime)
          return fail(cite(subject, key.span, `${name}: key ${key.id} has no lifetime for sending and accepting`));
        const seconds = lifetimeSeconds(lifetime.value);
        if (seconds === undefined)
          return untested(cite(subject, lifetime.span, `${name}: the lifetime of key ${key.id} cannot be read`));
        // A day over for the overlap in which both keys are accepted.
        if (seconds > LONGEST + (lifetime === key.acceptLifetime ? 2 * DAY : 0))
          return fail(
            cite(
              subject,
              lifetime.span,
              `${name}: key ${key.id} lives ${Number.isFinite(seconds) ? `${Math.round(seconds / DAY)} days` : 'for ever'}`,
            ),
          );
      }
    return pass(
      ...keys.map((key) =>
        cite(subject, key.sendLifetime?.span ?? key.span, `${name}: key ${key.id} lives at most 180 days`),
      ),
    );
  });

const all =
  (...checks: readonly Check[]): Check =>
  (subject) =>
    together(checks.map((check) => check(subject)));

export const authenticationTopics = {
  'routing-authenticated': { title: 'Neighbours of routing protocols are authenticated', check: authenticated },
  'routing-hmac': {
    title: 'Neighbours of routing protocols are authenticated by an approved keyed hash',
    check: approvedAlgorithms,
  },
  'routing-key-lifetime': { title: 'Keys of routing protocols live at most 180 days', check: shortLived },
  'routing-hmac-and-lifetime': {
    title: 'Neighbours of routing protocols are authenticated by an approved keyed hash with keys of at most 180 days',
    check: all(approvedAlgorithms, shortLived),
  },
} satisfies Record<string, Topic>;
