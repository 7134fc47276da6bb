import type { Secret } from '../config/device/interface.ts';

/** Cisco's type 7 (hexadecimal; other systems' type 7 is not) is a fixed key stream, XORed; the first two digits say where in it the text begins. */
const TYPE_7_KEY = 'dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87';

function decodeType7(text: string): string | undefined {
  if (!/^\d\d(?:[0-9A-Fa-f]{2})+$/.test(text)) return undefined;
  const start = Number(text.slice(0, 2));
  const bytes = text.slice(2).match(/../g) ?? [];
  return bytes
    .map((byte, at) =>
      String.fromCharCode(Number.parseInt(byte, 16) ^ TYPE_7_KEY.charCodeAt((start + at) % TYPE_7_KEY.length)),
    )
    .join('');
}

/** The password itself where its storage lets everyone read it. */
function clearText(secret: Secret): string | undefined {
  if (secret.storage === 'plain') return secret.text;
  return secret.type === '7' ? decodeType7(secret.text) : undefined;
}

/** Whether two configured passwords are the same; undefined when they are stored so that nobody can tell. */
export function sameSecret(a: Secret, b: Secret): boolean | undefined {
  if (a.type === b.type && a.text === b.text) return true;
  const [x, y] = [clearText(a), clearText(b)];
  return x === undefined || y === undefined ? undefined : x === y;
}
