/*
 * Communities have one canonical text each, so that engine and rules compare strings: a standard community is
 * `high:low` in decimal (65001:100, also for the 32-bit form and for well-known names: no-export is 65535:65281), an
 * extended one has its type in front (rt:65001:100, soo:10.0.0.1:5), a large one is a:b:c (RFC 8092).
 */

// IANA "BGP Well-known Communities"; names as FRR, EOS and IOS write them.
const wellKnown: Readonly<Record<string, string>> = {
  internet: '0:0',
  gshut: '65535:0',
  'graceful-shutdown': '65535:0',
  'accept-own': '65535:1',
  'route-filter-translated-v4': '65535:2',
  'route-filter-v4': '65535:3',
  'route-filter-translated-v6': '65535:4',
  'route-filter-v6': '65535:5',
  'llgr-stale': '65535:6',
  'no-llgr': '65535:7',
  'accept-own-nexthop': '65535:8',
  blackhole: '65535:666',
  'no-export': '65535:65281',
  'no-advertise': '65535:65282',
  'local-as': '65535:65283',
  'no-export-subconfed': '65535:65283',
  'no-peer': '65535:65284',
};

const decimal = (text: string, max: number): number | undefined => {
  if (!/^\d{1,10}$/.test(text)) return undefined;
  const value = Number(text);
  return value <= max ? value : undefined;
};

/** A standard community as `high:low`; undefined when the text is none. `internet` is 0:0. */
export function canonicalCommunity(text: string): string | undefined {
  if (!/^\d/.test(text))
    return Object.hasOwn(wellKnown, text.toLowerCase()) ? wellKnown[text.toLowerCase()] : undefined;
  const whole = decimal(text, 4_294_967_295);
  if (whole !== undefined) return `${Math.floor(whole / 65_536)}:${whole % 65_536}`;
  const parts = text.split(':');
  if (parts.length !== 2) return undefined;
  const [high, low] = [decimal(parts[0] ?? '', 65_535), decimal(parts[1] ?? '', 65_535)];
  return high === undefined || low === undefined ? undefined : `${high}:${low}`;
}

/** A large community as `global:local:local` without leading zeros; undefined when the text is none. */
export function canonicalLargeCommunity(text: string): string | undefined {
  const parts = text.split(':').map((part) => decimal(part, 4_294_967_295));
  return parts.length === 3 && !parts.includes(undefined) ? parts.join(':') : undefined;
}

/**
 * The value of a route target or site of origin: `65001:100`, `10.0.0.1:5`; a dotted AS number becomes a plain one.
 * Undefined when the text is none.
 */
export function canonicalExtendedValue(text: string): string | undefined {
  const colon = text.lastIndexOf(':');
  if (colon < 0) return undefined;
  const [administrator, number] = [text.slice(0, colon), decimal(text.slice(colon + 1), 4_294_967_295)];
  if (number === undefined) return undefined;
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(administrator)) return `${administrator}:${number}`;
  const dotted = /^(\d{1,5})\.(\d{1,5})$/.exec(administrator);
  const asn = dotted ? Number(dotted[1]) * 65_536 + Number(dotted[2]) : decimal(administrator, 4_294_967_295);
  return asn === undefined || asn > 4_294_967_295 ? undefined : `${asn}:${number}`;
}
