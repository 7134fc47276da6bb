import type { Context } from '../protocol.ts';
import type { Neighbour } from './ends.ts';

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
function clearText({ settings }: Neighbour): string | undefined {
  const secret = settings.password?.value;
  if (!secret) return undefined;
  if (secret.storage === 'plain') return secret.text;
  return secret.type === '7' ? decodeType7(secret.text) : undefined;
}

/** Whether the two ends surely have different passwords. Where one cannot be read the state says so and they are taken as equal. */
export function passwordsDiffer(context: Context, a: Neighbour, b: Neighbour): boolean {
  const [one, other] = [a.settings.password?.value, b.settings.password?.value];
  if (!one || !other) return one !== other;
  if (one.type === other.type && one.text === other.text) return false;
  const [x, y] = [clearText(a), clearText(b)];
  if (x !== undefined && y !== undefined) return x !== y;
  context.caveat(
    a.speaker.table.node,
    `The password of neighbour ${a.peer} is stored so that it cannot be compared with the other end's; they are taken to be equal.`,
    a.settings.password?.span,
    true,
  );
  return false;
}
