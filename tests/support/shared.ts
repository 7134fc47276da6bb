import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The path of a folder of material that lies beside the repository and is never copied into it; null where it is
 * absent. Tests that read it skip by name:
 * `describe.skipIf(realnets === null)('real networks (needs ../shared/realnets)', () => { ... })`.
 */
export function sharedFolder(name: string): string | null {
  const folder = fileURLToPath(new URL(`../../../shared/${name}`, import.meta.url));
  return existsSync(folder) ? folder : null;
}
