/** The command was asked for something that it cannot do; the message is one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
