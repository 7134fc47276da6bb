// The command as people start it in the project's folder. It needs the bundles: `npm test` makes them first.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';

const project = resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string };

beforeAll(() => {
  if (!existsSync(join(project, 'dist/aegis.mjs')))
    throw new Error('dist/aegis.mjs does not exist. Run: npm run build');
});

test('npx --no-install aegis starts it', () => {
  expect(execFileSync('npx', ['--no-install', 'aegis', '--version'], { cwd: project, encoding: 'utf8' })).toBe(
    `${version}\n`,
  );
});

test('it starts on whichever Node comes first on the path', () => {
  // Without the project's own Node in front: an older one hands over to it, a newer one runs the command itself.
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const { status, stdout, stderr } = spawnSync(join(project, 'dist/aegis.mjs'), ['--version'], {
    encoding: 'utf8',
    env: { ...process.env, PATH: path.join(delimiter) },
  });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});

test('its exit code is passed on', () => {
  const { status } = spawnSync(join(project, 'dist/aegis.mjs'), ['no-such-command'], { encoding: 'utf8' });
  expect(status).toBe(2);
});
