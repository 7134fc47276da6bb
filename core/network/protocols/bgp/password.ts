import { sameSecret } from '../../secret-text.ts';
import type { Context } from '../protocol.ts';
import type { Neighbour } from './ends.ts';

/** Whether the two ends surely have different passwords. Where one cannot be read the state says so and they are taken as equal. */
export function passwordsDiffer(context: Context, a: Neighbour, b: Neighbour): boolean {
  const [one, other] = [a.settings.password?.value, b.settings.password?.value];
  if (!one || !other) return one !== other;
  const same = sameSecret(one, other);
  if (same !== undefined) return !same;
  context.caveat(
    a.speaker.table.node,
    `The password of neighbour ${a.peer} is stored so that it cannot be compared with the other end's; they are taken to be equal.`,
    a.settings.password?.span,
    true,
  );
  return false;
}
