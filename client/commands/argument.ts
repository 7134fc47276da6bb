/** Whoever runs a command may say what it is about: a row of a tree, or a plain object from a key binding or a test. */

export type CommandArgument = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is CommandArgument => typeof value === 'object' && value !== null;

/** A member of an argument that is a text. */
export function textOf(argument: unknown, name: string): string | undefined {
  const value = isObject(argument) ? argument[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
