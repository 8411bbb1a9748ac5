import { call } from '../api.ts'
import type { Desk } from './use-desk.ts'

/** A doctor's word should be seen within three seconds. */
export const changesMs = 2_000
/** Nobody has touched the page for so long: it is looked at less often. */
const idleAfterMs = 120_000
const idleEvery = 8
/** What was committed while the chat was being read carries an earlier time than the reading. */
const overlapMs = 3_000

/**
 * Learns of a doctor's word, a match or a new consent text without a reload, by asking in short for the time of the last
 * one. A question every two seconds is answered through every proxy and by every WeCom client, and stops by itself in a
 * pocket; a stream held open would do neither.
 */
export function useChanges(desk: Desk) {
  let touchedAt = Date.now()
  let skipped = 0
  let asking = false
  /** The change for which the chat was read again, so that it is read once. */
  let read = ''

  const touched = (): void => void (touchedAt = Date.now())

  /** Somebody waits for an answer, or is working here. */
  function isEager(): boolean {
    const { contact } = desk
    return contact.matched?.consent.state !== 'opted_in' || Date.now() - touchedAt < idleAfterMs
  }

  /** A matched doctor may say something at any time; of an unmatched contact only the office's answer is awaited. */
  function isExpecting(): boolean {
    const { matched, unmatched } = desk.contact
    return Boolean(matched ?? (unmatched?.waiting || unmatched?.request?.life === 'waiting'))
  }

  async function look(): Promise<void> {
    const { contact } = desk
    const { externalUserId, readAt } = contact
    if (asking || !isExpecting() || !contact.fresh || externalUserId === null || readAt === null) return
    skipped = isEager() ? 0 : (skipped + 1) % idleEvery
    if (skipped !== 0) return
    asking = true
    try {
      const { changedAt } = await call('watchChat', { externalUserId })
      if (changedAt === null || contact.externalUserId !== externalUserId) return
      const change = `${externalUserId} ${changedAt.getTime()}`
      if (changedAt.getTime() <= readAt.getTime() - overlapMs || change === read) return
      read = change
      await desk.refresh()
    } catch {
      // The next question is two seconds away; what stands in the way is shown by whatever the rep does.
    } finally {
      asking = false
    }
  }

  return { look, touched }
}
