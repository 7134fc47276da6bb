/** Why a twin cannot be made or goes no further: one sentence that says what happened, where, and what to do. */
export class TwinFailure extends Error {
  override readonly name = 'TwinFailure';
}
