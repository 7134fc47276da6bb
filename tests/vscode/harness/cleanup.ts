/**
 * What must end when the run ends, whichever way it ends: normally, by an error, or because it was told to stop.
 * Steps run in reverse order; each may be called more than once.
 */
const steps: (() => void)[] = [];
let watching = false;

export function onEnd(step: () => void): void {
  steps.push(step);
  if (!watching) watchForTheEnd();
}

export function endNow(): void {
  while (steps.length > 0) {
    try {
      steps.pop()?.();
    } catch (error) {
      console.error(`While cleaning up: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

function watchForTheEnd(): void {
  watching = true;
  process.on('exit', endNow);
  for (const [signal, code] of Object.entries(signals)) process.on(signal, () => process.exit(code));
}
