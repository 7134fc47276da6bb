import { parseIp, parsePrefix } from '../../address.ts';
import type { DeviceDraft, StaticRoute } from '../../device/device.ts';
import { canonicalInterface } from '../../interface-names.ts';
import type { Located, Span } from '../../span.ts';
import { GLOBAL, removeWhere } from './drafts.ts';

/** What the slots of a static route line gave; the dialects differ only in how the line is written. */
export interface StaticRouteParts {
  readonly vrf?: Located<string> | undefined;
  readonly prefix?: Located<string> | undefined;
  /** Gateway address. */
  readonly gateway?: Located<string> | undefined;
  readonly interface?: Located<string> | undefined;
  readonly drop?: 'discard' | 'reject' | undefined;
  /** VRF in which the gateway is looked up. */
  readonly nextHopVrf?: string | undefined;
  readonly distance?: Located<number> | undefined;
  readonly metric?: Located<number> | undefined;
  readonly tag?: Located<number> | undefined;
  readonly track?: Located<string> | undefined;
  readonly name?: Located<string> | undefined;
  readonly permanent?: Located<unknown> | undefined;
  readonly bfd?: Located<unknown> | undefined;
}

const sameNextHop = (a: StaticRoute['nextHop'], b: StaticRoute['nextHop']): boolean =>
  a.ip === b.ip && a.interface === b.interface && a.vrf === b.vrf && a.drop === b.drop;

function nextHopOf(device: DeviceDraft, parts: StaticRouteParts): StaticRoute['nextHop'] {
  const iface = parts.interface && canonicalInterface(device.dialect, parts.interface.value);
  const drop = parts.drop ?? (iface && /^null0?$/i.test(iface) ? 'discard' : undefined);
  if (drop) return { drop };
  return {
    ...(parts.gateway && { ip: parseIp(parts.gateway.value)?.text ?? parts.gateway.value }),
    ...(iface !== undefined && { interface: iface }),
    ...(parts.nextHopVrf !== undefined && { vrf: parts.nextHopVrf }),
  };
}

/** Adds the route; the same prefix with the same next hop is one route, the later line wins. */
export function addStaticRoute(device: DeviceDraft, parts: StaticRouteParts, span: Span): void {
  const prefix = parts.prefix && parsePrefix(parts.prefix.value);
  if (!prefix) return;
  const nextHop = nextHopOf(device, parts);
  const vrf = parts.vrf?.value ?? GLOBAL;
  removeWhere(
    device.staticRoutes,
    (known) => known.vrf === vrf && known.prefix === prefix.text && sameNextHop(known.nextHop, nextHop),
  );
  device.staticRoutes.push({
    vrf,
    prefix: prefix.text,
    family: prefix.version === 4 ? 'ipv4' : 'ipv6',
    nextHop,
    ...(parts.distance && { distance: parts.distance.value }),
    ...(parts.metric && { metric: parts.metric.value }),
    ...(parts.tag && { tag: parts.tag.value }),
    ...(parts.track && { track: parts.track.value }),
    ...(parts.name && { name: parts.name.value }),
    ...(parts.permanent && { permanent: true }),
    ...(parts.bfd && { bfd: true }),
    recursive: true,
    span,
  });
}

/** The `no` form: of one next hop, or of every route to the prefix when it names none. */
export function removeStaticRoute(device: DeviceDraft, parts: StaticRouteParts): void {
  const nextHop = nextHopOf(device, parts);
  const vrf = parts.vrf?.value ?? GLOBAL;
  removeWhere(
    device.staticRoutes,
    (known) =>
      known.vrf === vrf &&
      (parts.prefix === undefined || known.prefix === parts.prefix.value) &&
      (Object.keys(nextHop).length === 0 || sameNextHop(known.nextHop, nextHop)) &&
      (parts.distance === undefined || known.distance === parts.distance.value),
  );
}
