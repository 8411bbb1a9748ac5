import { errorClass, type ErrorClass } from '@vouch/wecom'

/** WeCom answered, but with an errcode. Never leaves this folder: the errmsg holds our address and is dropped at once. */
export class WeComRefusal extends Error {
  readonly errcode: number
  readonly asks: ErrorClass
  constructor(errcode: number) {
    super(`WeCom answered errcode ${errcode}`)
    this.errcode = errcode
    this.asks = errorClass(errcode)
  }
}

/** The class of a refusal, or undefined for any other fault. */
export function refusalClass(fault: unknown): ErrorClass | undefined {
  return fault instanceof WeComRefusal ? fault.asks : undefined
}

const passing: readonly (ErrorClass | undefined)[] = ['retry', 'token', 'secret', 'frequency', 'concurrency']

/** It may be over in a while, or is about the app as a whole: nothing about this one wish was said. */
export const passes = (refusal: WeComRefusal): boolean => passing.includes(refusal.asks)
