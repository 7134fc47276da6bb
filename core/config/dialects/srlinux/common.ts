import { type Entry, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located, Span } from '../../span.ts';
import { no, yes } from '../shared/drafts.ts';

/** `admin-state enable|disable`: hands over whether the thing is switched off, and where that is said. */
export const adminState = <C>(doc: string, set: (context: C, disabled: Located<boolean>) => void): Entry =>
  rowsOf<C>()('admin-state <state:enable|disable>', {
    doc,
    apply: (context, { state }, at) => set(context, state.value === 'disable' ? yes(at.span) : no(at.span)),
  });

/** A leaf that is true or false. */
export const flag = <C>(
  name: string,
  doc: string,
  set: (context: C, value: Located<boolean>, device: DeviceDraft) => void,
): Entry =>
  rowsOf<C>()(`${name} <state:true|false>`, {
    doc,
    apply: (context, args, at) => {
      const { state } = args as unknown as { readonly state: Located<string> };
      set(context, { value: state.value === 'true', span: at.span }, at.device);
    },
  });

/** Lists a setting whose meaning is known and not modelled. */
export function complain(device: DeviceDraft, text: string, span: Span): void {
  device.notModelled.push({ span, text, mayAffectRouting: true });
}

/** Several words of one line as names, each with the place of the whole. */
export const each = (words: Located<readonly string[]>): Located<string>[] =>
  words.value.map((value) => ({ value, span: words.span }));
