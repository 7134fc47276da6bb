import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../core/evidence/canonical.ts';
import { sharedFolder } from '../support/shared.ts';

const vectors = sharedFolder('vectors/jcs');

describe.skipIf(vectors === null)('RFC 8785 test vectors (needs ../shared/vectors/jcs)', () => {
  const files = vectors === null ? [] : readdirSync(join(vectors, 'input'));
  test.each(files)('%s', (file) => {
    const read = (folder: string): string => readFileSync(join(vectors ?? '', folder, file), 'utf8');
    const value: unknown = JSON.parse(read('input'));
    expect(canonicalJson(value)).toBe(read('output').trimEnd());
  });
});
