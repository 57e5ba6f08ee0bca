/** What the caller of a `/_sandbox` address did wrong; answered with 400. */
export class ControlError extends Error {
  override readonly name = "ControlError";
}
