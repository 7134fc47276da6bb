// The manifest of the extension against the sources and the pages that speak of the same things.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { jsonSchemas } from '../../.scripts/build/schemas.ts';
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
    readonly virtualWorkspaces: { readonly supported: unknown };
  };
  readonly contributes: {
    readonly languages: readonly { readonly id: string; readonly configuration: string }[];
    readonly grammars: readonly { readonly language?: string; readonly path: string }[];
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
      readonly enablement?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string }[] };
    readonly yamlValidation: readonly { readonly fileMatch: string; readonly url: string }[];
    readonly walkthroughs: readonly {
      readonly icon: string;
      readonly steps: readonly {
        readonly description: string;
        readonly media: { readonly markdown: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

const project = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(project, file), 'utf8');
const texts = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
/** The manifest as VS Code shows it where nothing is translated: each `%key%` is a text of package.nls.json. */
const { activationEvents, capabilities, contributes } = JSON.parse(read('package.json'), (_name, value: unknown) =>
  typeof value === 'string' ? value.replace(/^%([^%]+)%$/, (whole, key: string) => texts[key] ?? whole) : value,
) as Manifest;
const { commands, configuration, grammars, languages, menus, viewsContainers, walkthroughs, yamlValidation } =
  contributes;
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

describe('a folder that does not lie on this machine', () => {
  test('is supported as far as open texts go', () => {
    expect(capabilities.virtualWorkspaces.supported).toBe('limited');
  });

  test('is offered no command that is refused where nothing is trusted either', () => {
    const guarded = commands.filter(({ enablement }) => enablement !== undefined);
    expect(guarded.length).toBeGreaterThan(0);
    expect(guarded.filter(({ enablement }) => enablement !== 'isWorkspaceTrusted && !virtualWorkspace')).toEqual([]);
  });
});

describe('schemas of YAML files', () => {
  const files = yamlValidation.map(({ url }) => url.replace('./dist/', ''));

  test('are those that the build makes, and are packaged', () => {
    expect([...files].sort()).toEqual(Object.keys(jsonSchemas()).sort());
    const packaged = read('.vscodeignore').split('\n');
    expect(files.filter((file) => !packaged.includes(`!dist/${file}`))).toEqual([]);
  });

  test('refuse what the schemas do not know', () => {
    const validate = new Ajv({ strict: false }).compile(jsonSchemas()['aegis.policy.schema.json'] as object);
    expect(validate({ policyVersion: 1, nonsense: true })).toBe(false);
  });
});

describe('the walkthrough', () => {
  const steps = walkthroughs.flatMap((one) => one.steps);

  test('leads to commands that exist, and knows when a step is done', () => {
    const ours = commands.map(({ command }) => command);
    const named = steps.flatMap(({ description, completionEvents }) => [
      ...[...description.matchAll(/command:(aegis\.[\w.]+)/g)].map(([, command]) => String(command)),
      ...completionEvents.flatMap((event) => /^onCommand:(aegis\..*)$/.exec(event)?.[1] ?? []),
    ]);
    expect(named.filter((one) => !ours.includes(one) && !/^aegis\.(labs|evidence)\.focus$/.test(one))).toEqual([]);
    expect(steps.filter(({ completionEvents }) => completionEvents.length === 0)).toEqual([]);
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
    ...walkthroughs.flatMap(({ icon, steps }) => [icon, ...steps.map(({ media }) => media.markdown)]),
  ];
  expect(named.filter((file) => !existsSync(join(project, file)))).toEqual([]);
});
