/** Well-known communities (IANA registry) by the names that systems use. */
const WELL_KNOWN: Readonly<Record<string, string>> = {
  'graceful-shutdown': '65535:0',
  gshut: '65535:0',
  'accept-own': '65535:1',
  'llgr-stale': '65535:6',
  'no-llgr': '65535:7',
  blackhole: '65535:666',
  'no-export': '65535:65281',
  'no-advertise': '65535:65282',
  'local-as': '65535:65283',
  'local-AS': '65535:65283',
  'no-export-subconfed': '65535:65283',
  'no-peer': '65535:65284',
};

export const GRACEFUL_SHUTDOWN = '65535:0';
export const NO_EXPORT = '65535:65281';
export const NO_ADVERTISE = '65535:65282';
export const NO_EXPORT_SUBCONFED = '65535:65283';

/** `no-export` and 4294967041 as 65535:65281; other forms as they are. */
export function normaliseCommunity(text: string): string {
  const known = WELL_KNOWN[text];
  if (known !== undefined) return known;
  if (!/^\d{1,10}$/.test(text)) return text;
  const value = Number(text);
  return value > 0xffffffff ? text : `${value >>> 16}:${value & 0xffff}`;
}

/** Route targets as `rt:65000:1`, however a system writes them (`target:65000:1`, `route-target:65000:1`, bare). */
export function normaliseTarget(text: string): string {
  const found = /^(?:rt|target|route-target)[: ](.+)$/i.exec(text);
  if (found) return `rt:${found[1]}`;
  return /^(?:\d+(?:\.\d+){0,3}L?:\d+)$/.test(text) ? `rt:${text}` : text;
}
