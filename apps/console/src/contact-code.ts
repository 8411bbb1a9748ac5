import type { ContactCodeRow } from '@vouch/contract'
import type { Tone } from '@vouch/ui'

/** A code in use with nothing wrong about it is fine; anything else asks to be looked at. */
export function codeTone({ life, problem }: Pick<ContactCodeRow, 'life' | 'problem'>): Tone {
  if (life === 'ended' || life === 'ending') return 'neutral'
  if (life === 'refused' || problem === 'nobody_left') return 'bad'
  if (problem !== '') return 'warn'
  return life === 'live' ? 'ok' : 'info'
}

/** 540 as 09:00, as a time field has it. */
export const clockOf = (minutes: number | null): string =>
  minutes === null
    ? ''
    : `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

export function minutesOf(clock: string): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(clock) ?? []
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes)
}
