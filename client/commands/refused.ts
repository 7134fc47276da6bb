import { CancellationError, window } from 'vscode';

/** LSP: the client cancelled the request, or the server did because it is out of date. */
const cancelled = new Set([-32800, -32802]);

/**
 * Runs a command. What the server or a command refuses is told as a message; who called the command (a test, another
 * extension) hears it too.
 */
export async function refused<T>(run: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (isCancellation(error)) return undefined;
    void window.showErrorMessage(error instanceof Error ? error.message : String(error));
    throw error;
  }
}

export function isCancellation(error: unknown): boolean {
  if (error instanceof CancellationError) return true;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'number' && cancelled.has(code);
}
