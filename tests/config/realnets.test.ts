import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectDialect } from '../../core/config/detect.ts';
import { parseConfig } from '../../core/config/parse.ts';
import { sharedFolder } from '../support/shared.ts';

const realnets = sharedFolder('realnets');

/** Systems as the labs name them, and the language of their files. Others have no language of ours. */
const languages: Readonly<Record<string, string>> = {
  eos: 'eos',
  ios: 'ios',
  iosxe: 'ios',
  iosxr: 'iosxr',
  nxos: 'nxos',
  junos: 'junos',
  sros: 'sros',
  sonic: 'frr',
  cumulus: 'frr',
};

describe.skipIf(realnets === null)('real networks (needs ../shared/realnets)', () => {
  const labs = realnets === null ? [] : readdirSync(join(realnets, 'labs'));

  it.each(labs)('%s: every configuration is parsed and its language recognised', (lab) => {
    const folder = join(realnets ?? '', 'labs', lab);
    const { nodes } = JSON.parse(readFileSync(join(folder, 'lab.json'), 'utf8')) as {
      nodes: Record<string, { nos: string }>;
    };
    for (const file of readdirSync(join(folder, 'configs')).filter((name) => name.endsWith('.cfg'))) {
      const text = readFileSync(join(folder, 'configs', file), 'utf8');
      const node = file.slice(0, -'.cfg'.length);
      const { tree, device } = parseConfig({ text, file, node });
      expect(tree.lines.length).toBeGreaterThan(0);
      expect(device.name).toBe(node);
      const language = languages[nodes[node]?.nos ?? ''];
      if (language) expect([file, detectDialect({ text })]).toEqual([file, language]);
    }
  });
});
