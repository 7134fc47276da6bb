import type { Located, Span } from '../../config/span.ts';

interface PassiveSettings {
  readonly passiveDefault?: Located<boolean>;
  readonly passiveInterfaces: readonly Located<string>[];
  readonly activeInterfaces?: readonly Located<string>[];
}

/** Interface names are written in any case. */
export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Whether a process is silent on an interface, with the line that says so; undefined when it is not. */
export function passiveOn(process: PassiveSettings, name: string): { readonly span: Span } | undefined {
  if (process.activeInterfaces?.some(({ value }) => sameName(value, name))) return undefined;
  const named = process.passiveInterfaces.find(({ value }) => sameName(value, name));
  if (named) return { span: named.span };
  return process.passiveDefault?.value ? { span: process.passiveDefault.span } : undefined;
}
