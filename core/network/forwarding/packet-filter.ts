import { type Ip, maskWords, parseIp, parsePrefix, prefixContains } from '../../config/address.ts';
import type { Device } from '../../config/device/device.ts';
import { prefixListKey } from '../../config/device/policy.ts';
import type { Span } from '../../config/span.ts';
import type { L3Interface } from '../topology.ts';
import { type Flow, hasPorts, isIcmp, protocolNumber, TCP } from './flow.ts';

export type AccessList = Device['accessLists'] extends ReadonlyMap<string, infer L> ? L : never;
export type AclEntry = AccessList['entries'][number];
export type AclAddress = AclEntry['source'];

/** Whether an entry takes the packets of a flow; `maybe` where the entry or the flow leaves it open, with the reason. */
type Match = 'yes' | 'no' | { readonly maybe: string };

/** What a filter does with a flow. `depends`: nobody can tell from what is known; the text says what it hangs on. */
export interface FilterDecision {
  readonly action: 'permit' | 'deny' | 'depends';
  readonly list: string;
  readonly text: string;
  readonly span: Span;
}

/** Every condition must hold: one that fails decides, one that is open leaves the whole open. */
function all(checks: readonly (() => Match)[]): Match {
  let open: Match = 'yes';
  for (const check of checks) {
    const match = check();
    if (match === 'no') return 'no';
    if (match !== 'yes' && open === 'yes') open = match;
  }
  return open;
}

/** A prefix length (`/64`) or a wildcard, as the bits that do not count. */
function wildcardWords(wildcard: string, size: number): readonly number[] | undefined {
  if (!wildcard.startsWith('/')) return parseIp(wildcard)?.words;
  const ones = Array<number>(size).fill(0xffffffff);
  const mask = maskWords(ones, Number(wildcard.slice(1)));
  return mask.map((word) => ~word >>> 0);
}

/** Whether an address is one of those that an entry names; undefined for names that stand for nothing known. */
export function holdsAddress(device: Device, at: AclAddress, ip: Ip): boolean | undefined {
  if (at.kind === 'any') return true;
  if (at.kind === 'group') {
    const list = device.prefixLists.get(prefixListKey(ip.version === 4 ? 'ipv4' : 'ipv6', at.name));
    return list?.entries.some(({ prefix }) => {
      const parsed = parsePrefix(prefix);
      return parsed !== undefined && prefixContains(parsed, ip);
    });
  }
  const base = parseIp(at.address);
  if (!base) return undefined;
  if (base.version !== ip.version) return false;
  const wildcard = wildcardWords(at.wildcard, ip.words.length);
  return (
    wildcard &&
    ip.words.every((word, index) => ((word ^ (base.words[index] as number)) & ~(wildcard[index] as number)) >>> 0 === 0)
  );
}

function addressMatch(device: Device, at: AclAddress, ip: Ip | undefined, what: string): Match {
  if (at.kind === 'any') return 'yes';
  if (!ip) return { maybe: `the ${what} address` };
  const holds = holdsAddress(device, at, ip);
  if (holds !== undefined) return holds ? 'yes' : 'no';
  return { maybe: at.kind === 'group' ? `the group ${at.name}, whose members are not known` : `the ${what} address` };
}

function protocolMatch({ protocol: name }: AclEntry, protocol: number | undefined): Match {
  const wanted = protocolNumber(name);
  if (wanted === 'any') return 'yes';
  if (wanted === undefined) return { maybe: `the protocol ${name}` };
  if (protocol === undefined) return { maybe: 'the protocol' };
  return wanted === protocol ? 'yes' : 'no';
}

function portMatch(ports: AclEntry['sourcePorts'], flow: Flow, port: number | undefined, what: string): Match {
  if (!ports) return 'yes';
  if (flow.protocol !== undefined && !hasPorts(flow.protocol)) return 'no';
  if (port === undefined) return { maybe: `the ${what} port` };
  return ports.some(([low, high]) => port >= low && port <= high) ? 'yes' : 'no';
}

export function matches(device: Device, entry: AclEntry, flow: Flow): Match {
  const { protocol, established = false, icmpType } = flow;
  return all([
    () => protocolMatch(entry, protocol),
    () => addressMatch(device, entry.destination, flow.destination, 'destination'),
    () => addressMatch(device, entry.source, flow.source, 'source'),
    () => portMatch(entry.destinationPorts, flow, flow.destinationPort, 'destination'),
    () => portMatch(entry.sourcePorts, flow, flow.sourcePort, 'source'),
    () => {
      if (!entry.established) return 'yes';
      return established && (protocol === undefined || protocol === TCP) ? 'yes' : 'no';
    },
    () => {
      if (entry.icmpType === undefined) return 'yes';
      if (protocol !== undefined && !isIcmp(protocol)) return 'no';
      if (icmpType === undefined) return { maybe: 'the ICMP type' };
      return icmpType === entry.icmpType ? 'yes' : 'no';
    },
    () => (entry.notModelled === undefined ? 'yes' : { maybe: `"${entry.notModelled}", which is not modelled` }),
  ]);
}

/**
 * The first entry that takes the flow decides; what no entry takes is denied. Where an entry may take it, both answers
 * are followed: only if they differ is the decision open.
 */
export function decide(device: Device, list: AccessList, flow: Flow): FilterDecision {
  const { name } = list;
  const open: { readonly entry: AclEntry; readonly why: string }[] = [];
  const answer = (action: 'permit' | 'deny', text: string, span: Span): FilterDecision => {
    const other = open.find(({ entry }) => entry.action !== action);
    if (!other) return { action, list: name, text, span };
    return {
      action: 'depends',
      list: name,
      text: `whether access list ${name} ${other.entry.action === 'permit' ? 'permits' : 'denies'} it by entry ${other.entry.sequence} depends on ${other.why}`,
      span: other.entry.span,
    };
  };
  for (const entry of [...list.entries].sort((a, b) => a.sequence - b.sequence)) {
    const match = matches(device, entry, flow);
    if (match === 'no') continue;
    if (match !== 'yes') {
      open.push({ entry, why: match.maybe });
      continue;
    }
    const verb = entry.action === 'permit' ? 'permits' : 'denies';
    return answer(entry.action, `access list ${name} ${verb} it by entry ${entry.sequence}`, entry.span);
  }
  return answer('deny', `access list ${name} denies it: no entry permits it`, list.span);
}

/**
 * What the filters of an interface do with a flow in one direction, in the order of their lines. What an undefined or
 * an empty list does is the system's (`Behaviour.packetFilters`); where that is not known the decision is open.
 */
export function filtersOf(one: L3Interface, direction: 'in' | 'out', flow: Flow): readonly FilterDecision[] {
  const { device, behaviour } = one.table;
  const family = flow.destination.version === 4 ? 'ipv4' : 'ipv6';
  const decisions: FilterDecision[] = [];
  for (const group of one.config.accessGroups) {
    if (group.direction !== direction || group.family !== family) continue;
    const { value: name, span } = group.list;
    const list = device.accessLists.get(prefixListKey(family, name));
    const without = list ? behaviour.packetFilters?.empty : behaviour.packetFilters?.undefined;
    if (list && list.entries.length > 0) decisions.push(decide(device, list, flow));
    else if (without === undefined)
      decisions.push({
        action: 'depends',
        list: name,
        text: `access list ${name} on ${one.name} ${list ? 'has no entries' : 'is not defined'}, and what the system then does is not known`,
        span,
      });
    else
      decisions.push({
        action: without,
        list: name,
        text: `access list ${name} on ${one.name} ${list ? 'has no entries' : 'is not defined'}: everything is ${without === 'permit' ? 'permitted' : 'denied'}`,
        span,
      });
  }
  return decisions;
}
