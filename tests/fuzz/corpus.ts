import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dialectOfText } from '../../core/config/detect.ts';
import type { DialectId } from '../../core/config/device/device.ts';
import { generateNetwork } from '../support/generate-network.ts';
import { sharedFolder } from '../support/shared.ts';

export interface CorpusText {
  readonly text: string;
  readonly dialect: DialectId;
}

const project = join(import.meta.dirname, '../..');

const read = (folder: string, pattern: string): readonly string[] =>
  globSync(pattern, { cwd: folder })
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'));

/** Configurations to mutate, of every dialect; `wide`: those of the real networks as well, where they are there. */
export function corpus(wide: boolean): readonly CorpusText[] {
  const network = generateNetwork({ shape: 'random', size: 9, seed: 1, policies: 'preferences' });
  const real = wide ? sharedFolder('realnets') : null;
  const texts = [
    ...read(project, 'labs/*/configs/*'),
    ...read(project, 'tests/fuzz/seeds/*'),
    ...network.devices.map(({ text }) => text),
    ...(real === null ? [] : read(real, 'labs/*/configs/*')),
  ];
  return texts.map((text) => ({ text, dialect: dialectOfText(text) }));
}
