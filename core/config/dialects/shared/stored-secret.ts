import type { At } from '../../command-table.ts';
import type { Secret } from '../../device/interface.ts';
import type { Located, Span } from '../../span.ts';

// Type numbers and names before a secret. 7 is an obfuscation that anyone can undo; 6 and 8a are encrypted with a key
// that the same device holds; the others are hashes.
const storages: Readonly<Record<string, Secret['storage']>> = {
  '0': 'plain',
  '4': 'hashed',
  '5': 'hashed',
  '6': 'reversible',
  '7': 'reversible',
  '8': 'hashed',
  '8a': 'reversible',
  '9': 'hashed',
  sha256: 'hashed',
  sha512: 'hashed',
  scrypt: 'hashed',
};

/** The types as choices of a slot. */
export const SECRET_TYPE = '0|4|5|6|7|8|8a|9|sha256|sha512|scrypt';

/** A secret as the line stores it; without a type it is the text itself. */
export const storedSecret = (text: string, type: string | undefined): Secret =>
  type === undefined ? { text, storage: 'plain' } : { text, storage: storages[type] ?? 'unknown', type };

/** Notes that a line stores a secret, so that a rule about secrets has one list to read. */
export function keepSecret(at: At, what: string, text: Located<string>, type: string | undefined): Located<Secret> {
  const secret = storedSecret(text.value, type);
  at.device.management.secrets.push({ what, secret, span: text.span });
  return { value: secret, span: text.span };
}

/** A key that both ends of a session or tunnel must share: known, but its effect on sessions is not computed. */
export function keepSharedKey(
  at: At,
  what: string,
  text: Located<string>,
  type: string | undefined,
  line: string,
): void {
  keepSecret(at, what, text, type);
  at.device.notModelled.push({ span: at.span, text: line, mayAffectRouting: true });
}

export const on = (span: Span): Located<boolean> => ({ value: true, span });
export const off = (span: Span): Located<boolean> => ({ value: false, span });
