import type { CheckOutcome } from '@vouch/contract'
import type { Tone } from '@vouch/ui'

export const checkTones: Record<CheckOutcome, Tone> = { ok: 'ok', warning: 'warn', fault: 'bad', not_asked: 'neutral' }
