import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectFolder } from './paths.ts';
import { temporaryFolder } from './temporary-folder.ts';

/**
 * A copy of a lab of this repository in a folder of its own, committed to a git repository of its own, so that tests
 * may edit it and the working tree can be compared with HEAD.
 * @returns the path of the workspace folder
 */
export function labWorkspace(lab: string): string {
  const folder = join(temporaryFolder('workspace'), lab);
  cpSync(join(projectFolder, 'labs', lab), folder, { recursive: true });
  return committed(folder);
}

/** A lab of the test's own, from the texts of its files by their paths; see `labWorkspace`. */
export function textWorkspace(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(temporaryFolder('workspace'), name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return committed(folder);
}

function committed(folder: string): string {
  const git = (...gitArguments: string[]): void => {
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid', ...gitArguments], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  };
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'The lab as it is in production');
  return folder;
}
