/*
 * A cancellation that reaches a thread while it computes: an abort signal is an event, and a computation that does not
 * give way hears none. One shared number is read instead.
 */

export type CancelFlag = Int32Array<SharedArrayBuffer>;

export const newCancelFlag = (): CancelFlag => new Int32Array(new SharedArrayBuffer(4));

export const cancel = (flag: CancelFlag): void => void Atomics.store(flag, 0, 1);

export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  constructor() {
    super('The computation was cancelled.');
  }
}

/** An abort signal that looks at the flag whenever it is asked. */
export function signalOf(flag: CancelFlag): AbortSignal {
  const controller = new AbortController();
  const { signal } = controller;
  const check = (): boolean => {
    if (Atomics.load(flag, 0) === 1 && !abortedOf(signal)) controller.abort(new Cancelled());
    return abortedOf(signal);
  };
  Object.defineProperties(signal, {
    aborted: { get: check },
    throwIfAborted: {
      value: () => {
        if (check()) throw signal.reason;
      },
    },
  });
  return signal;
}

const abortedOf = (signal: AbortSignal): boolean =>
  Object.getOwnPropertyDescriptor(AbortSignal.prototype, 'aborted')?.get?.call(signal) === true;
