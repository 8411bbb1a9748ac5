import { describe, expect, it } from 'vitest'
import { resolveWhen, startOfMonth } from './when.ts'
import { world } from './world.ts'
import type { When } from './world-types.ts'

const moments = [
  '2026-11-01T00:30',
  '2026-11-01T09:00',
  '2026-11-08T00:01',
  '2026-11-22T12:00',
  '2026-03-31T23:59',
  '2027-01-01T00:30',
]
const days = moments.map((text) => new Date(`${text}:00+08:00`))

const people = new Set(world.people.map((one) => one.wecomUserId))
const accounts = new Map(world.accounts.map((one) => [one.id, one]))
const contacts = new Map(world.contacts.map((one) => [one.externalUserId, one]))
const pieces = new Map(world.content.map((one) => [`${one.documentId} v${one.version}`, one]))
const documentIds = new Set(world.content.map((one) => one.documentId))

describe('the cast', () => {
  it('has six reps, forty doctors in five hospitals and thirty pieces or more', () => {
    expect(world.people.filter((one) => one.roles.includes('rep'))).toHaveLength(6)
    expect(world.accounts).toHaveLength(40)
    expect(world.hospitals).toHaveLength(5)
    expect(world.content.length).toBeGreaterThanOrEqual(30)
    expect(new Set(world.content.map((one) => one.state)).size).toBe(6)
    expect(new Set(world.content.map((one) => one.kind)).size).toBe(6)
  })

  it('names nothing that is not there', () => {
    const codes = (list: { code: string }[]) => new Set(list.map((one) => one.code))
    const [hospitals, products] = [codes(world.hospitals), codes(world.products)]
    const [specialties, territories] = [codes(world.specialties), codes(world.territories)]
    for (const account of world.accounts) {
      expect(
        [hospitals, specialties, territories].map((set, nth) =>
          set.has([account.hospital, account.specialty, account.territory][nth] ?? ''),
        ),
      ).toEqual([true, true, true])
    }
    for (const piece of world.content) {
      expect(piece.product === '' || products.has(piece.product)).toBe(true)
      expect(piece.audience.every((code) => specialties.has(code))).toBe(true)
      expect([piece.owner, ...piece.approvals.map((one) => one.person)].every((id) => people.has(id))).toBe(true)
      expect(piece.pieces?.every((id) => documentIds.has(id) && id !== piece.documentId) ?? true).toBe(true)
      expect(piece.kind === 'script').toBe(Boolean(piece.pieces?.length))
      expect(!piece.withdrawn?.successor || documentIds.has(piece.withdrawn.successor)).toBe(true)
    }
    for (const group of world.repGroups) expect(group.reps.every((rep) => people.has(rep))).toBe(true)
    for (const person of world.people) {
      expect(person.entitled?.products.every((code) => products.has(code)) ?? true).toBe(true)
      expect(person.entitled?.territories.every((code) => territories.has(code)) ?? true).toBe(true)
    }
  })

  it('names nobody who is not there', () => {
    for (const contact of world.contacts) {
      expect(contact.accountId === null || accounts.has(contact.accountId)).toBe(true)
      expect(contact.follows.every((one) => people.has(one.rep))).toBe(true)
    }
    for (const consent of world.consents) expect(accounts.has(consent.accountId)).toBe(true)
    for (const entry of [...world.pastSends, ...world.pastRefusals]) {
      expect(contacts.get(entry.externalUserId)?.follows.some((one) => one.rep === entry.rep)).toBe(true)
      expect(pieces.get(`${entry.documentId} v${entry.version}`)?.kinds).toContain(entry.kind)
    }
    for (const ask of world.asks)
      expect([contacts.has(ask.externalUserId), documentIds.has(ask.documentId)]).toEqual([true, true])
    for (const favourite of world.favourites)
      expect([people.has(favourite.rep), documentIds.has(favourite.documentId)]).toEqual([true, true])
  })

  it('gives every id once', () => {
    for (const ids of [
      world.people.map((one) => one.wecomUserId),
      world.accounts.map((one) => one.id),
      world.contacts.map((one) => one.externalUserId),
      world.content.map((one) => `${one.documentId} v${one.version}`),
      world.pastSends.map((one) => one.id),
    ]) {
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  it('nobody approves their own piece, and three approved each one that was ever in force', () => {
    for (const piece of world.content) {
      expect(piece.approvals.some((one) => one.person === piece.owner)).toBe(false)
      const distinct = new Set(piece.approvals.map((one) => one.person)).size
      expect(['draft', 'in_review'].includes(piece.state) ? distinct < 3 : distinct === 3).toBe(true)
    }
  })

  it('card texts fit WeCom', () => {
    for (const piece of world.content) {
      expect(Buffer.byteLength(piece.cardTitle)).toBeLessThanOrEqual(128)
      expect(Buffer.byteLength(piece.cardDesc)).toBeLessThanOrEqual(512)
    }
  })
})

describe.each(days)('loaded on %s', (now) => {
  const at = (when: When) => resolveWhen(when, now).getTime()

  it('the numbers of this month are the same as on any other day', () => {
    expect(
      ['ZhangWei', 'LiuYing', 'HuangLei', 'GaoShan', 'LiMin', 'ZhouTao'].map((key) => sentThisMonth(`wmDemo${key}`)),
    ).toEqual([2, 4, 3, 1, 0, 0])
  })

  it('nothing that happened lies in the future', () => {
    for (const entry of [...world.pastSends, ...world.pastRefusals, ...world.asks])
      expect(at(entry.at)).toBeLessThan(now.getTime())
    for (const consent of world.consents) expect(at(consent.statedAt)).toBeLessThan(now.getTime())
  })

  it('no doctor ever got more than four in a month, or the same piece twice within 14 days', () => {
    const sends = belonging().filter((one) => !one.documentId.startsWith('CON-'))
    for (const contact of world.contacts) {
      const own = sends.filter((one) => one.externalUserId === contact.externalUserId)
      const months = own.map((one) => startOfMonth(new Date(at(one.at))).getTime())
      expect(Math.max(0, ...months.map((month) => months.filter((one) => one === month).length))).toBeLessThanOrEqual(4)
      for (const one of own) {
        const again = own.filter((other) => other !== one && other.documentId === one.documentId)
        expect(again.every((other) => Math.abs(at(other.at) - at(one.at)) > 14 * 86_400_000)).toBe(true)
      }
    }
  })

  it('each send had a consent behind it and a piece in force', () => {
    for (const send of belonging().filter((one) => !one.documentId.startsWith('CON-'))) {
      const accountId = contacts.get(send.externalUserId)?.accountId
      const stated = world.consents
        .filter((one) => one.accountId === accountId && one.purpose === 'receive' && at(one.statedAt) <= at(send.at))
        .sort((one, other) => at(other.statedAt) - at(one.statedAt))
      expect(`${send.id} ${stated[0]?.statement}`).toBe(`${send.id} opted_in`)
      const piece = pieces.get(`${send.documentId} v${send.version}`)
      const began = piece?.effectiveAt ? at(piece.effectiveAt) : Infinity
      const ended = piece?.expiresAt ? at(piece.expiresAt) : Infinity
      expect(`${send.id} ${began <= at(send.at) && at(send.at) < ended}`).toBe(`${send.id} true`)
    }
  })

  function belonging() {
    return world.pastSends.filter(
      ({ onlyIfBeforeThisMonth: before }) => !before || at(before) < startOfMonth(now).getTime(),
    )
  }

  function sentThisMonth(externalUserId: string): number {
    const start = startOfMonth(now).getTime()
    return belonging().filter((one) => one.externalUserId === externalUserId && at(one.at) >= start).length
  }
})

describe('moments', () => {
  const now = new Date('2026-11-22T01:50:00Z')

  it('days keep the hour, a wall time is Shanghai’s', () => {
    expect(resolveWhen({ days: -1 }, now).toISOString()).toBe('2026-11-21T01:50:00.000Z')
    expect(resolveWhen({ days: 0, hours: -2, minutes: -5 }, now).toISOString()).toBe('2026-11-21T23:45:00.000Z')
    expect(resolveWhen({ days: 9, at: '00:00' }, now).toISOString()).toBe('2026-11-30T16:00:00.000Z')
  })

  it.each(days)('moments of this month stay in it, in order and before %s', (loaded) => {
    const spread = [1, 2, 3, 4].map((thisMonth) => resolveWhen({ thisMonth }, loaded).getTime())
    const bounds = [startOfMonth(loaded).getTime(), ...spread, loaded.getTime()]
    expect(bounds).toEqual([...new Set(bounds)].sort((one, other) => one - other))
  })
})
