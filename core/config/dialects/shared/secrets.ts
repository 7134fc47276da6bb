import type { Secret } from '../../device/interface.ts';

const storageOfType: Readonly<Record<string, Secret['storage']>> = {
  '0': 'plain',
  '5': 'hashed',
  '6': 'reversible',
  '7': 'reversible',
  '8': 'hashed',
  '8a': 'reversible',
  '9': 'hashed',
};

/**
 * The key of a routing protocol with the type number that stands before it. Type 7 is an obfuscation that anyone can
 * undo, type 6 and 8a are encrypted with a key that the same device holds; without a type the text is the key itself.
 */
export const routingKey = (text: string, type?: string): Secret =>
  type === undefined ? { text, storage: 'plain' } : { text, storage: storageOfType[type] ?? 'unknown', type };
