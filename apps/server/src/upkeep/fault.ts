import type { Both } from '@vouch/contract'

/** What went wrong with a command, for the person who typed it: what happened, what did not, what to do. */
export class UpkeepFault extends Error {
  readonly said: Both
  constructor(zh: string, en: string, options?: ErrorOptions) {
    super(en, options)
    this.said = { zh, en }
  }
}
