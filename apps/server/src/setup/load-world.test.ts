import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { writeTinyWorld } from '../../test/tiny-world.ts'
import { noon, openWorldPlace, type WorldPlace } from '../../test/world-place.ts'
import type { Database } from '../db/schema.ts'

let place: WorldPlace
beforeAll(async () => {
  place = await openWorldPlace('loading')
})
beforeEach(() => place.clear())
afterAll(() => place.close())

async function countOf(table: keyof Database): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*) as n from ${sql.table(table.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))}`.execute(
    place.db,
  )
  return Number(rows[0]?.n)
}

describe('the demo world', () => {
  it('is loaded whole', async () => {
    expect(await place.load()).toBe('loaded')
    const counts = Object.fromEntries(
      await Promise.all(
        (
          [
            'person',
            'personRole',
            'account',
            'externalContact',
            'contactFollow',
            'consent',
            'contentItem',
            'send',
            'fact',
            'pageView',
            'contentAsk',
            'favourite',
            'contentUse',
            'company',
            'specialty',
            'repGroupMember',
            'scriptPiece',
          ] as const
        ).map(async (table) => [table, await countOf(table)] as const),
      ),
    )
    expect(counts).toEqual({
      ...{
        person: 4,
        personRole: 4,
        account: 2,
        externalContact: 3,
        contactFollow: 3,
        consent: 1,
        contentItem: 10,
        company: 1,
        specialty: 1,
        repGroupMember: 1,
        scriptPiece: 2,
      },
      ...{ send: 6, fact: 17, pageView: 2, contentAsk: 1, favourite: 1, contentUse: 1 },
    })
    const events = await place.db.selectFrom('auditEntry').select('event').execute()
    expect(new Set(events.map((row) => row.event))).toEqual(
      new Set([
        'contact.matched',
        'send.authorised',
        'send.attested',
        'send.refused',
        'content.asked_for',
        'world.loaded',
      ]),
    )
    expect(place.said.at(-1)).toContain('2 位医生')
  })

  it('tells the receiver of the demonstration what happens from now on, where there is one', async () => {
    await place.load({ webhook: { url: 'http://localhost:4400/hooks/in', sealed: 'sealed' } })
    const { id, life, madeAt } = await place.db.selectFrom('webhook').selectAll().executeTakeFirstOrThrow()
    expect([life, madeAt]).toEqual(['on', noon])
    expect(await place.db.selectFrom('webhookSecret').select(['webhookId', 'sealed', 'endsAt']).execute()).toEqual([
      { webhookId: id, sealed: 'sealed', endsAt: null },
    ])
    expect(await countOf('person')).toBe(4)
    await place.clear()
    await place.load()
    expect(await countOf('webhook')).toBe(0)
  })

  it('is loaded once, also when asked ten times at once', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => place.load()))
    expect(answers.filter((answer) => answer.status === 'fulfilled' && answer.value === 'loaded')).toHaveLength(1)
    expect(await countOf('person')).toBe(4)
    expect(await place.load()).toBe('already_loaded')
    expect(await countOf('send')).toBe(6)
  })

  it('is not for a real company', async () => {
    await expect(place.load({ corpId: 'ww0123456789abcdef' })).rejects.toThrow(/real company/)
    expect(await countOf('person')).toBe(0)
    expect(await place.load({ corpId: 'wwdemo0000000001' })).toBe('loaded')
  })

  it('leaves nothing behind when it fails half way', async () => {
    const broken = (world: Record<string, unknown>) => (world.favourites = [{ rep: 'nobody', documentId: 'DOC-1' }])
    await expect(place.load({ change: broken })).rejects.toThrow(/names nobody/)
    for (const table of ['person', 'company', 'contentItem', 'send'] as const) expect(await countOf(table)).toBe(0)
  })

  it('is refused when a file is not the one it was built with', async () => {
    const worldPath = writeTinyWorld(place.folder, place.bytes)
    writeFileSync(join(place.folder, 'files/article.html'), 'changed')
    await expect(place.load({ worldPath })).rejects.toThrow(/article.html is not the file/)
  })

  it('says where it is wrong', async () => {
    await expect(place.load({ change: (world) => (world.policy = { sendPerMonth: 3 }) })).rejects.toThrow(
      /sendPerMonth/,
    )
  })
})
