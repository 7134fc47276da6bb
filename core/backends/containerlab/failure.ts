/** Why a twin in containerlab cannot be, or cannot go on; `message` is a sentence for people that says what to do. */
export class ContainerlabUnusable extends Error {
  override readonly name = 'ContainerlabUnusable';
}
