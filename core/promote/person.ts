/**
 * Names of people, compared so that no spelling makes two of one: case, width, accents, invisible characters, order and
 * separators do not count, and letters of other scripts that look like Latin ones count as those (Unicode TR 39).
 */

/** Letters of Cyrillic and Greek that look like a Latin one, after lower-casing. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  ...{ а: 'a', в: 'b', с: 'c', ԁ: 'd', е: 'e', ғ: 'f', ԍ: 'g', һ: 'h', і: 'i', ј: 'j', к: 'k', ӏ: 'l', м: 'm', н: 'h' },
  ...{ о: 'o', р: 'p', ԛ: 'q', г: 'r', ѕ: 's', т: 't', ս: 'u', ѵ: 'v', ԝ: 'w', х: 'x', у: 'y', з: '3', п: 'n', ь: 'b' },
  ...{ α: 'a', β: 'b', ε: 'e', η: 'n', ι: 'i', κ: 'k', μ: 'u', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', γ: 'y' },
  ...{
    ı: 'i',
    ł: 'l',
    ø: 'o',
    đ: 'd',
    ħ: 'h',
    ŧ: 't',
    ɡ: 'g',
    ɑ: 'a',
    ſ: 's',
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    '0': 'o',
    '1': 'l',
  },
};

/** One spelling of a name; equal for names that a reader may take for the same. */
export function normalisedName(name: string): string {
  const letters = [...name.normalize('NFKD').toLowerCase().normalize('NFKD')]
    // Accents, and what cannot be seen.
    .filter((letter) => !/\p{M}|\p{Cf}|\p{Cc}/u.test(letter))
    .map((letter) => LOOKALIKES[letter] ?? letter)
    .join('');
  return letters
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .sort()
    .join(' ');
}

/** Whether two names may be those of one person. An empty name is nobody's, and therefore anybody's. */
export function maySamePerson(left: string, right: string): boolean {
  const [a, b] = [normalisedName(left), normalisedName(right)];
  return a === '' || b === '' || a === b;
}
