import type { CancellationToken } from 'vscode-languageserver';

/** The client's cancellation as an abort signal. */
export function signalOfToken(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
