import { matchesGlob } from 'node:path';
import * as z from 'zod/mini';
import type { DialectId } from '../../core/config/device/device.ts';
import { dialects } from '../../core/config/dialects/index.ts';
import { EDITOR_BACKENDS } from '../preflight/backend-choices.ts';
import type { InitializationOptions, Settings } from '../protocol.ts';

export const DEFAULTS: Settings = {
  preflightOnSave: true,
  baseline: 'HEAD',
  evidenceFolder: 'evidence',
  dialects: {},
  operator: '',
  backend: 'simulator',
  unmodelledLines: true,
};

const settingsSchema = z.object({
  preflightOnSave: z.optional(z.boolean()),
  baseline: z.optional(z.string().check(z.minLength(1))),
  evidenceFolder: z.optional(z.string().check(z.minLength(1))),
  dialects: z.optional(z.record(z.string(), z.string())),
  operator: z.optional(z.string()),
  backend: z.optional(z.enum(EDITOR_BACKENDS)),
  unmodelledLines: z.optional(z.boolean()),
});

/** Settings as the client gives them. What is missing or not of the right kind takes its default, and is named. */
export function readSettings(given: unknown): { readonly settings: Settings; readonly refused: readonly string[] } {
  if (typeof given !== 'object' || given === null) return { settings: DEFAULTS, refused: [] };
  const refused: string[] = [];
  const settings: Record<string, unknown> = { ...DEFAULTS };
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    const value = (given as Record<string, unknown>)[name];
    if (value === undefined || value === null) continue;
    const result = z.safeParse(schema, value);
    if (result.success) settings[name] = result.data;
    else refused.push(name);
  }
  return { settings: settings as unknown as Settings, refused };
}

const optionsSchema = z.object({
  trusted: z._default(z.boolean(), false),
  keyFolder: z.optional(z.string()),
  commands: z._default(z.array(z.string()), []),
});

/** A client that says nothing is not trusted: static guards only. */
export function readOptions(given: unknown): InitializationOptions {
  const result = z.safeParse(optionsSchema, given ?? {});
  return result.success ? result.data : { trusted: false };
}

/** The dialect that the setting gives a path; patterns are relative to the workspace folder, the first match wins. */
export function dialectBySetting(
  { dialects: patterns }: Settings,
  path: string,
  folder: string | undefined,
): DialectId | undefined {
  const relative = folder !== undefined && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
  const found = Object.entries(patterns).find(
    ([pattern]) => matchesGlob(relative, pattern) || matchesGlob(path, pattern),
  );
  return found && isDialect(found[1]) ? found[1] : undefined;
}

const isDialect = (id: string): id is DialectId => dialects.has(id as DialectId);
