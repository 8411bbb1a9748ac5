import { countTowardsCap, verdict, type FactKind, type PastSend } from '@vouch/rules'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openWorldPlace, type WorldPlace } from '../../test/world-place.ts'

let place: WorldPlace
beforeAll(async () => {
  place = await openWorldPlace('past')
})
beforeEach(() => place.clear())
afterAll(() => place.close())

/** Sends of a doctor as the gate counts them. */
async function sendsTo(accountId: string): Promise<PastSend[]> {
  const sends = await place.db
    .selectFrom('send')
    .selectAll()
    .where('accountId', '=', accountId)
    .where('outcome', '=', 'authorised')
    .execute()
  const facts = await place.db.selectFrom('fact').select(['sendId', 'kind']).execute()
  return sends.map((send) => ({
    ...{
      sendId: send.id,
      repId: send.repId,
      externalUserId: send.externalUserId,
      documentId: send.documentId,
      class: send.class,
    },
    authorisedAt: send.decidedAt,
    facts: facts.filter((fact) => fact.sendId === send.id).map((fact) => fact.kind as FactKind),
  }))
}

describe('past sends', () => {
  const moments = ['2026-11-01T00:30', '2026-11-05T23:00', '2026-11-08T09:31', '2026-11-22T12:00', '2026-12-01T00:01']
  it.each(moments)('use the same part of the cap on any day: %s', async (moment) => {
    const now = new Date(`${moment}+08:00`)
    await place.load({ now: () => now })
    const sends = await sendsTo('HCP-A')
    expect(countTowardsCap(sends, now)).toBe(2)
    expect(sends.every((send) => send.authorisedAt < now)).toBe(true)
    const views = await place.db.selectFrom('pageView').select('viewedAt').execute()
    expect(views.every((view) => view.viewedAt <= now)).toBe(true)
  })

  it('have the verdicts their facts amount to, ids in order of time, and reading only of pages there are', async () => {
    await place.load()
    const sends = (await sendsTo('HCP-A')).toSorted((one, other) => (one.sendId < other.sendId ? -1 : 1))
    expect(sends.map((send) => verdict(send.facts))).toEqual([
      'FAILED',
      'UNKNOWN_ATTESTED_SENT',
      'SENT_OPENED',
      'SENT_CLIENT',
    ])
    const inTime = sends.map((send) => send.authorisedAt.getTime())
    expect(inTime).toEqual(inTime.toSorted((one, other) => one - other))
    const read = await place.db.selectFrom('pageView').select(['page', 'visibleMs']).orderBy('page').execute()
    expect(read.map((view) => view.page)).toEqual([1, 2])
    expect(read.reduce((sum, view) => sum + view.visibleMs, 0)).toBe(60_000)
    expect(await place.db.selectFrom('linkVisit').select('visitor').distinct().execute()).toEqual([
      { visitor: 'addressee' },
    ])
  })

  it('keep the reasons of what was refused', async () => {
    await place.load()
    const refused = await place.db
      .selectFrom('send')
      .select(['weighed', 'messageDigest'])
      .where('outcome', '=', 'refused')
      .executeTakeFirstOrThrow()
    expect(refused.messageDigest).toBeNull()
    const weighed = typeof refused.weighed === 'string' ? JSON.parse(refused.weighed) : refused.weighed
    expect(weighed).toMatchObject({
      refusals: [{ reason: 'content_withdrawn' }, { reason: 'not_opted_in' }],
      content: { state: 'withdrawn' },
    })
  })
})
