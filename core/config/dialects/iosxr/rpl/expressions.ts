/** Decimal numbers of an inclusive range as a regular expression without anchors, such as `[1-9][0-9]|100`. */
export function rangeExpression(from: number, to: number): string {
  const parts: string[] = [];
  for (let low = from; low <= to; ) {
    // The longest run from `low` on that only lets its last digits vary.
    let size = 1;
    while (low > 0 && low % (size * 10) === 0 && low + size * 10 - 1 <= to) size *= 10;
    const count = Math.min(9 - (Math.floor(low / size) % 10), Math.floor((to - low + 1) / size) - 1);
    const high = low + size * count;
    const head = String(Math.floor(low / size)).slice(0, -1);
    const [first, last] = [Math.floor(low / size) % 10, Math.floor(high / size) % 10];
    const digit = first === last ? String(first) : `[${first}-${last}]`;
    parts.push(`${head}${digit}${'[0-9]'.repeat(String(size).length - 1)}`);
    low = high + size;
  }
  return parts.length === 1 ? (parts[0] as string) : `(${parts.join('|')})`;
}

const MAX_ASN = 4_294_967_295;

/** `65001`, `1.10`, `[64512..65534]`, `*` as an expression for a number; undefined when it is none of them. */
export function numberExpression(text: string): string | undefined {
  if (text === '*' || text === '.') return '[0-9]+';
  if (/^\d{1,10}$/.test(text)) return String(Number(text));
  const dotted = /^(\d{1,5})\.(\d{1,5})$/.exec(text);
  if (dotted) return String(Number(dotted[1]) * 65_536 + Number(dotted[2]));
  const range = /^\[(\d{1,10})\.\.(\d{1,10})\]$/.exec(text);
  if (!range) return undefined;
  const [from, to] = [Number(range[1]), Number(range[2])];
  return from <= to && to <= MAX_ASN ? rangeExpression(from, to) : undefined;
}

/**
 * `passes-through`, `originates-from` and `neighbor-is` with their AS numbers, as an expression over the printed path.
 * Repeated numbers count once unless `exact` is asked for.
 */
export function pathExpression(kind: string, text: string, exact: boolean): string | undefined {
  const numbers = text
    .split(/\s+/)
    .filter((part) => part !== '')
    .map(numberExpression);
  if (numbers.length === 0 || numbers.includes(undefined)) return undefined;
  const several = exact ? '' : '+';
  const run = (list: readonly (string | undefined)[]): string =>
    list.map((number) => `(${number}_)${several}`).join('');
  const last = numbers.at(-1);
  if (kind === 'passes-through') return `_${run(numbers)}`;
  if (kind === 'neighbor-is') return `^${run(numbers)}`;
  if (kind === 'originates-from') return `_${run(numbers.slice(0, -1))}${exact ? '' : `(${last}_)*`}${last}$`;
  return undefined;
}

/** A community with wild cards (`*:100`, `65001:[1..9]`, `private-as:*`) as an expression over the printed list. */
export function communityExpression(text: string): string | undefined {
  const parts = text.split(':');
  if (parts.length !== 2) return undefined;
  const expressions = parts.map((part) =>
    part === 'private-as' ? rangeExpression(64_512, 65_535) : numberExpression(part),
  );
  return expressions.includes(undefined) ? undefined : `_${expressions.join(':')}_`;
}
