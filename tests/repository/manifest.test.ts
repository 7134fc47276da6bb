// The manifest of the extension against the sources and the pages that speak of the same things.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { restrictedSettings } from '../../client/restricted-settings.ts';
import { dialects } from '../../core/config/dialects/index.ts';
import { DEFAULTS } from '../../server/lsp/settings.ts';
import { LANGUAGES } from '../../server/protocol.ts';

interface Setting {
  readonly default?: unknown;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly scope?: string;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly languages: readonly { readonly id: string; readonly configuration: string }[];
    readonly grammars: readonly { readonly language?: string; readonly path: string }[];
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string }[] };
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

const project = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(project, file), 'utf8');
const { activationEvents, capabilities, contributes } = JSON.parse(read('package.json')) as Manifest;
const { commands, configuration, grammars, languages, menus, viewsContainers } = contributes;
const hidden = menus.commandPalette?.filter(({ when }) => when === 'false').map(({ command }) => command) ?? [];
const readme = read('README.md');

describe('commands', () => {
  test('belong to one category', () => {
    expect([...new Set(commands.map(({ category }) => category))]).toEqual(['AEGIS']);
  });

  test('of the palette are in the README', () => {
    const offered = commands.filter(({ command }) => !hidden.includes(command));
    expect(offered.filter(({ title }) => !readme.includes(`*AEGIS: ${title}*`))).toEqual([]);
  });

  test('of menus are declared', () => {
    const declared = commands.map(({ command }) => command);
    const used = Object.values(menus).flatMap((entries) => entries.map(({ command }) => command));
    expect(used.filter((command) => !declared.includes(command))).toEqual([]);
  });
});

describe('settings', () => {
  const settings = Object.entries(configuration.properties);

  test('have a default and a sentence that says what they do', () => {
    const lacking = settings.filter(
      ([, one]) => one.default === undefined || !(one.description ?? one.markdownDescription ?? '').endsWith('.'),
    );
    expect(lacking.map(([name]) => name)).toEqual([]);
  });

  test('are in the README', () => {
    expect(settings.map(([name]) => name).filter((name) => !readme.includes(`| \`${name}\` |`))).toEqual([]);
  });

  test('have the defaults of the language server', () => {
    const server = Object.entries(DEFAULTS).map(([name, value]) => [`aegis.${name}`, value]);
    expect(server.map(([name]) => [name, configuration.properties[String(name)]?.default])).toEqual(server);
  });

  test('that an untrusted workspace may not set are the same in the manifest and in the client', () => {
    expect([...capabilities.untrustedWorkspaces.restrictedConfigurations].sort()).toEqual(
      restrictedSettings.map((name) => `aegis.${name}`).sort(),
    );
  });

  test('that decide which keys sign and are trusted cannot be set by a workspace', () => {
    for (const name of ['aegis.keyFolder', 'aegis.trustedKeys'])
      expect([name, configuration.properties[name]?.scope]).toEqual([name, 'machine']);
  });
});

describe('languages', () => {
  const ids = Object.values(LANGUAGES);

  test('are there for every dialect that is read', () => {
    expect([...dialects.keys()].filter((id) => LANGUAGES[id] === undefined)).toEqual([]);
  });

  test('are declared, start the extension, and have a grammar', () => {
    expect(ids.filter((id) => !languages.some((one) => one.id === id))).toEqual([]);
    expect(ids.filter((id) => !activationEvents.includes(`onLanguage:${id}`))).toEqual([]);
    expect(ids.filter((id) => !grammars.some(({ language }) => language === id))).toEqual([]);
  });

  test('are offered by the setting that names dialects', () => {
    const setting = configuration.properties['aegis.dialects'] as {
      readonly additionalProperties: { readonly enum: readonly string[] };
    };
    expect([...setting.additionalProperties.enum].sort()).toEqual(Object.keys(LANGUAGES).sort());
  });
});

test('files that the manifest names exist', () => {
  const named = [
    ...languages.map((one) => one.configuration),
    ...grammars.map(({ path }) => path),
    ...viewsContainers.activitybar.map(({ icon }) => icon),
  ];
  expect(named.filter((file) => !existsSync(join(project, file)))).toEqual([]);
});
