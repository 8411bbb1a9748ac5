export type RefusedBecause = 'malformed' | 'too_large' | 'signature' | 'padding' | 'length' | 'receiver'

/** A callback that is not WeCom's, or not for us. The reason is for the log; whoever called learns nothing of it. */
export class CallbackRefused extends Error {
  readonly because: RefusedBecause
  constructor(because: RefusedBecause) {
    super(`callback refused: ${because}`)
    this.because = because
  }
}
