/** Characters that make a text look like another one than the device, or the model, reads. */

export interface CharacterClass {
  readonly name: string;
  readonly expression: RegExp;
}

/** Unicode's bidirectional embeddings, overrides and isolates (CVE-2021-42574, "Trojan Source"), and the marks. */
export const bidirectional = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/gu;

/** Characters without a width of their own: zero-width spaces and joiners, fillers, tag characters, variation selectors. */
export const zeroWidth =
  /\u034F|[\u17B4\u17B5]|[\u180B-\u180D]|[\uFE00-\uFE0F]|[\u00AD\u115F\u1160\u180E\u200B-\u200D\u2060-\u2064\u206A-\u206F\u3164\uFFA0\u{E0000}-\u{E0FFF}]/gu;

/** Blanks that are not the blank, and the byte order mark. */
export const strangeBlank = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000\uFEFF]/gu;

/** C0 and C1 controls and the Unicode line ends, without tab and line end. ETX is a banner delimiter and judged apart. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
export const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u2028\u2029]/gu;

export const names: Readonly<Record<string, string>> = {
  '\u0000': 'NUL',
  '\u0003': 'ETX (Ctrl-C)',
  '\u0008': 'BACKSPACE',
  '\u001B': 'ESC',
  '\u007F': 'DELETE',
  '\u0085': 'NEXT LINE',
  '\u00A0': 'NO-BREAK SPACE',
  '\u00AD': 'SOFT HYPHEN',
  '\u061C': 'ARABIC LETTER MARK',
  '\u200B': 'ZERO WIDTH SPACE',
  '\u200C': 'ZERO WIDTH NON-JOINER',
  '\u200D': 'ZERO WIDTH JOINER',
  '\u200E': 'LEFT-TO-RIGHT MARK',
  '\u200F': 'RIGHT-TO-LEFT MARK',
  '\u2028': 'LINE SEPARATOR',
  '\u2029': 'PARAGRAPH SEPARATOR',
  '\u202A': 'LEFT-TO-RIGHT EMBEDDING',
  '\u202B': 'RIGHT-TO-LEFT EMBEDDING',
  '\u202C': 'POP DIRECTIONAL FORMATTING',
  '\u202D': 'LEFT-TO-RIGHT OVERRIDE',
  '\u202E': 'RIGHT-TO-LEFT OVERRIDE',
  '\u202F': 'NARROW NO-BREAK SPACE',
  '\u2060': 'WORD JOINER',
  '\u2066': 'LEFT-TO-RIGHT ISOLATE',
  '\u2067': 'RIGHT-TO-LEFT ISOLATE',
  '\u2068': 'FIRST STRONG ISOLATE',
  '\u2069': 'POP DIRECTIONAL ISOLATE',
  '\uFEFF': 'BYTE ORDER MARK',
};

/** `U+202E RIGHT-TO-LEFT OVERRIDE`. */
export function describe(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const name = names[character];
  return name ? `U+${code} ${name}` : `U+${code}`;
}

/** Letters of other alphabets that look like an ASCII letter or digit, by the letter they imitate (Unicode TR39). */
const imitations: Readonly<Record<string, string>> = {
  a: 'аɑα',
  b: 'Ьᖯ',
  c: 'сϲⅽ',
  d: 'ԁⅾ',
  e: 'еҽ',
  f: 'ғϝ',
  g: 'ɡց',
  h: 'һհ',
  i: 'іıɩι',
  j: 'јϳ',
  k: 'κкᴋ',
  l: 'ӏⅼǀ',
  m: 'ⅿм',
  n: 'ոп',
  o: 'оοօ',
  p: 'рρ',
  q: 'ԛգ',
  r: 'гᴦ',
  s: 'ѕ',
  t: 'тτ',
  u: 'υս',
  v: 'ѵν',
  w: 'ԝѡ',
  x: 'хⅹ',
  y: 'уүγ',
  z: 'ᴢ',
  A: 'АΑ',
  B: 'ВΒ',
  C: 'СϹ',
  D: 'Ⅾ',
  E: 'ЕΕ',
  F: 'Ϝ',
  G: 'Ԍ',
  H: 'НΗ',
  I: 'ІΙӀ',
  J: 'Ј',
  K: 'КΚ',
  L: 'Ⅼ',
  M: 'МΜ',
  N: 'Ν',
  O: 'ОΟՕ',
  P: 'РΡ',
  S: 'Ѕ',
  T: 'ТΤ',
  U: 'Ս',
  V: 'Ѵ',
  W: 'Ԝ',
  X: 'ХΧ',
  Y: 'ҮΥ',
  Z: 'Ζ',
  '-': '‐‑‒–—−',
  '.': '․',
  '/': '⁄∕',
  ':': '∶꞉',
};

const imitated = new Map(
  Object.entries(imitations).flatMap(([ascii, others]) => [...others].map((other) => [other, ascii] as const)),
);

/** The ASCII character that this one can be taken for; undefined when it is none of the known imitations. */
export function imitationOf(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  // The full-width forms repeat ASCII at a fixed distance.
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCodePoint(code - 0xfee0);
  return imitated.get(character);
}
