/**
 * What must end when the run ends, whichever way it ends: normally, by an error, or because it was told to stop.
 * Steps run in reverse order; each may be called more than once.
 */
const steps: (() => void)[] = [];

export function onEnd(step: () => void): void {
  steps.push(step);
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

process.on('exit', endNow);
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => {
    endNow();
    process.exit(code);
  });
}
