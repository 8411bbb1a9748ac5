import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countTowardsCap, verdict, type FactKind, type PastSend } from '@vouch/rules'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildPdf } from '../../test/pdf.ts'
import { buildRenderer } from '../../test/renderer.ts'
import { writeTinyWorld } from '../../test/tiny-world.ts'
import { openCardPicture } from '../content/card-picture.ts'
import { openPageImage } from '../content/page-image.ts'
import { preparePiece } from '../content/prepare-piece.ts'
import { createRenditions } from '../content/renditions.ts'
import { openDatabase } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import type { Database } from '../db/schema.ts'
import { openFiles } from '../files/disk-files.ts'
import type { Files } from '../files/files.ts'
import { sha256 } from '../secrets.ts'
import { loadWorld, type LoadWorld } from './load-world.ts'

const html = Buffer.from(
  '<section><h2 onclick="x()">一、报告</h2><p>读<script>alert(1)</script>懂</p><img src=x onerror=y></section>',
)
const databaseUrl = (() => {
  const url = new URL(process.env.TEST_DATABASE_URL ?? '')
  url.pathname = `${url.pathname}_world`
  return url.toString()
})()
const noon = new Date('2026-11-22T12:00:00+08:00')

let renderer: Awaited<ReturnType<typeof buildRenderer>>
let db: Kysely<Database>
let folder: string
let files: Files
let bytes: Parameters<typeof writeTinyWorld>[1]
let told: string[]

beforeAll(async () => {
  await migrate(databaseUrl)
  db = openDatabase(databaseUrl, 4)
  renderer = await buildRenderer()
  const png = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#1a66d6' } })
    .png()
    .toBuffer()
  bytes = { pdf: await buildPdf({ pages: 2 }), html, png, mp4: mp4(11_400) }
})
afterAll(async () => {
  await db.destroy()
  renderer.remove()
})
beforeEach(async () => {
  await empty()
  folder = mkdtempSync(join(tmpdir(), 'vouch-world-'))
  files = openFiles(`file:${join(folder, 'stored')}`)
  told = []
  return () => rmSync(folder, { recursive: true, force: true })
})

async function empty() {
  const tables = await db.introspection.getTables()
  for (const { name } of tables.filter((table) => !table.name.startsWith('kysely_')))
    await sql`truncate ${sql.table(name)}`.execute(db)
}

/** An MP4 of nothing but its header: that long in milliseconds. */
function mp4(milliseconds: number): Buffer {
  const header = Buffer.alloc(100)
  header.writeUInt32BE(1_000, 12)
  header.writeUInt32BE(milliseconds, 16)
  const box = (type: string, content: Buffer) => {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(content.length + 8)
    head.write(type, 4)
    return Buffer.concat([head, content])
  }
  return Buffer.concat([box('ftyp', Buffer.from('isom')), box('moov', box('mvhd', header))])
}

function load(more: Partial<LoadWorld> & { drawn?: boolean; change?: (world: Record<string, unknown>) => void } = {}) {
  const { drawn = false, change, ...asked } = more
  const renditions = drawn ? { renditions: createRenditions({ files, program: renderer.program }) } : {}
  return loadWorld({
    ...{
      db,
      now: () => noon,
      worldPath: asked.worldPath ?? writeTinyWorld(folder, bytes, change),
      say: (line: string) => void told.push(line),
    },
    prepare: (piece) => preparePiece({ files, ...renditions }, piece),
    ...asked,
  })
}

async function countOf(table: keyof Database): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*) as n from ${sql.table(table.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))}`.execute(
    db,
  )
  return Number(rows[0]?.n)
}

/** Sends of a doctor as the gate counts them. */
async function sendsTo(accountId: string): Promise<PastSend[]> {
  const sends = await db
    .selectFrom('send')
    .selectAll()
    .where('accountId', '=', accountId)
    .where('outcome', '=', 'authorised')
    .execute()
  const facts = await db.selectFrom('fact').select(['sendId', 'kind']).execute()
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

describe('the demo world', () => {
  it('is loaded whole', async () => {
    expect(await load()).toBe('loaded')
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
          ] as const
        ).map(async (table) => [table, await countOf(table)] as const),
      ),
    )
    expect(counts).toEqual({
      ...{
        person: 4,
        personRole: 5,
        account: 2,
        externalContact: 3,
        contactFollow: 3,
        consent: 1,
        contentItem: 9,
        company: 1,
      },
      ...{ send: 6, fact: 17, pageView: 2, contentAsk: 1, favourite: 1, contentUse: 1 },
    })
    const events = await db.selectFrom('auditEntry').select('event').execute()
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
    expect(told.at(-1)).toContain('2 位医生')
  })

  it('is loaded once, also when asked ten times at once', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => load()))
    expect(answers.filter((answer) => answer.status === 'fulfilled' && answer.value === 'loaded')).toHaveLength(1)
    expect(await countOf('person')).toBe(4)
    expect(await load()).toBe('already_loaded')
    expect(await countOf('send')).toBe(6)
  })

  it('is not for a real company', async () => {
    await expect(load({ corpId: 'ww0123456789abcdef' })).rejects.toThrow(/real company/)
    expect(await countOf('person')).toBe(0)
    expect(await load({ corpId: 'wwdemo0000000001' })).toBe('loaded')
  })

  it('leaves nothing behind when it fails half way', async () => {
    const broken = (world: Record<string, unknown>) => (world.favourites = [{ rep: 'nobody', documentId: 'DOC-1' }])
    await expect(load({ change: broken })).rejects.toThrow(/names nobody/)
    for (const table of ['person', 'company', 'contentItem', 'send'] as const) expect(await countOf(table)).toBe(0)
  })

  it('is refused when a file is not the one it was built with', async () => {
    const worldPath = writeTinyWorld(folder, bytes)
    writeFileSync(join(folder, 'files/article.html'), 'changed')
    await expect(load({ worldPath })).rejects.toThrow(/article.html is not the file/)
  })

  it('says where it is wrong', async () => {
    await expect(load({ change: (world) => (world.policy = { sendPerMonth: 3 }) })).rejects.toThrow(/sendPerMonth/)
  })
})

describe('what is in it', () => {
  it('people: who left is gone, roles end, proofs are of now', async () => {
    await load()
    const people = await db.selectFrom('person').selectAll().orderBy('wecomUserId').execute()
    expect(people.find((one) => one.wecomUserId === 'liuyang')).toMatchObject({
      status: 'left',
      leftAt: new Date('2026-11-20T10:00:00Z'),
    })
    expect(people.find((one) => one.wecomUserId === 'wanglei')).toMatchObject({
      status: 'active',
      employmentProvedAt: noon,
    })
    const auditor = await db.selectFrom('personRole').select('until').where('role', '=', 'auditor').executeTakeFirst()
    expect(auditor?.until).toEqual(new Date('2026-12-13T04:00:00Z'))
  })

  it('doctors can be found by sound', async () => {
    await load()
    const found = await db.selectFrom('account').select('id').where('nameSearch', 'like', '%shanxue%').execute()
    expect(found).toEqual([{ id: 'HCP-B' }])
  })

  it('content: bytes kept as approved, states, successors and what reps still see', async () => {
    await load()
    const rows = await db.selectFrom('contentItem').selectAll().execute()
    const item = (documentId: string, version = 1) =>
      rows.find((row) => row.documentId === documentId && row.version === version)
    const [old, current, withdrawn, draft] = [item('DOC-1'), item('DOC-1', 2), item('DOC-2'), item('DOC-3')]
    expect(current).toMatchObject({
      fileHash: sha256(bytes.pdf),
      approvedHash: sha256(bytes.pdf),
      ways: 'news,file',
      audience: 'oncology,thoracic',
      pageCount: 2,
    })
    expect(current?.publishedAt).toEqual(new Date('2026-10-04T08:10:00Z'))
    expect((await files.read(`content/${current?.fileHash}`)).equals(bytes.pdf)).toBe(true)
    expect(old).toMatchObject({ supersededBy: current?.id, endedAt: null })
    expect(withdrawn).toMatchObject({ supersededBy: current?.id, endedAt: new Date(noon.getTime() - 22 * 86_400_000) })
    expect(withdrawn?.listedUntil).toEqual(new Date(noon.getTime() + 8 * 86_400_000))
    expect(draft).toMatchObject({ approvedHash: null, approvalNumber: '' })
    expect(item('IMG-1')?.listedUntil.getUTCFullYear()).toBe(9999)
    expect(item('VID-1')).toMatchObject({ seconds: 12, pageCount: 0 })
    expect(item('ART-1')).toMatchObject({ body: '<section><h2>一、报告</h2><p>读懂</p></section>', pageCount: 3 })
    expect(item('PHR-1')).toMatchObject({ body: '{doctor}您好，我是{rep}。', fileHash: item('PHR-1')?.approvedHash })
    expect(
      await db
        .selectFrom('contentApproval')
        .select('step')
        .where('contentItemId', '=', current?.id ?? '')
        .execute(),
    ).toHaveLength(2)
  })

  it('card pictures that show no product and no person, one for each kind', async () => {
    await load()
    const cards = await db.selectFrom('contentItem').select(['kind', 'cardHash']).distinct().execute()
    expect(cards).toHaveLength(5)
    for (const { cardHash } of cards) {
      const picture = await openCardPicture({ files }, cardHash ?? '')
      expect(picture.bytes).toBeLessThan(15_000)
      picture.stream.destroy()
    }
    const { width, height, format } = await sharp(await files.read(`cards/${cards[0]?.cardHash}.jpg`)).metadata()
    expect([width, height, format]).toEqual([300, 300, 'jpeg'])
    await expect(openCardPicture({ files }, '../content/x')).rejects.toMatchObject({ code: 'not_found' })
    const plain = await openCardPicture({ files }, 'plain')
    expect(plain.bytes).toBeGreaterThan(1_000)
  })

  it('consent to a text whose hash covers the summary too', async () => {
    await load()
    const text = await db.selectFrom('consentText').selectAll().where('version', '=', 2).executeTakeFirstOrThrow()
    expect(text.body).toBe('- 用到姓名\n- 用来发资料\n\n## 谁\n示例药业。')
    const consent = await db.selectFrom('consent').selectAll().executeTakeFirstOrThrow()
    expect(consent).toMatchObject({
      textHash: text.hash,
      channel: 'qr',
      identity: 'in_person',
      evidence: '{"rep":"wanglei"}',
    })
  })

  it('a policy of the defaults with what the world changes', async () => {
    await load()
    const policy = await db.selectFrom('policy').selectAll().executeTakeFirstOrThrow()
    expect(policy).toMatchObject({
      version: 1,
      sendsPerMonth: 4,
      quietFrom: 0,
      quietUntil: 0,
      sameItemDays: 14,
      ticketSeconds: 90,
      consentDays: null,
    })
  })

  it('pages that can be opened, drawn once for all pieces of the same bytes and kept for the next load', async () => {
    await load({ drawn: true })
    expect(told[0]).toBe('v 页面图 9 页')
    const current = await db
      .selectFrom('contentItem')
      .select('id')
      .where('documentId', '=', 'DOC-1')
      .where('version', '=', 2)
      .executeTakeFirstOrThrow()
    const page = await db
      .selectFrom('contentPage')
      .selectAll()
      .where('contentItemId', '=', current.id)
      .where('number', '=', 2)
      .executeTakeFirst()
    expect(page?.text).toContain('第 2 页')
    const image = await openPageImage({ db, files }, { contentItemId: current.id, number: 2, width: 720 })
    expect(image.bytes).toBeGreaterThan(5_000)
    image.stream.destroy()
    for (const asked of [
      { number: 3, width: 720 },
      { number: 1, width: 721 },
    ]) {
      await expect(openPageImage({ db, files }, { contentItemId: current.id, ...asked })).rejects.toMatchObject({
        code: 'not_found',
      })
    }

    await empty()
    const renditions = createRenditions({ files, program: '/nowhere' })
    expect(await load({ prepare: (piece) => preparePiece({ files, renditions }, piece) })).toBe('loaded')
  })
})

describe('past sends', () => {
  const moments = ['2026-11-01T00:30', '2026-11-05T23:00', '2026-11-08T09:31', '2026-11-22T12:00', '2026-12-01T00:01']
  it.each(moments)('use the same part of the cap on any day: %s', async (moment) => {
    const now = new Date(`${moment}+08:00`)
    await load({ now: () => now })
    const sends = await sendsTo('HCP-A')
    expect(countTowardsCap(sends, now)).toBe(2)
    expect(sends.every((send) => send.authorisedAt < now)).toBe(true)
    const views = await db.selectFrom('pageView').select('viewedAt').execute()
    expect(views.every((view) => view.viewedAt <= now)).toBe(true)
  })

  it('have the verdicts their facts amount to, ids in order of time, and reading only of pages there are', async () => {
    await load()
    const sends = (await sendsTo('HCP-A')).toSorted((one, other) => (one.sendId < other.sendId ? -1 : 1))
    expect(sends.map((send) => verdict(send.facts))).toEqual([
      'FAILED',
      'UNKNOWN_ATTESTED_SENT',
      'SENT_OPENED',
      'SENT_CLIENT',
    ])
    const inTime = sends.map((send) => send.authorisedAt.getTime())
    expect(inTime).toEqual(inTime.toSorted((one, other) => one - other))
    const read = await db.selectFrom('pageView').select(['page', 'visibleMs']).orderBy('page').execute()
    expect(read.map((view) => view.page)).toEqual([1, 2])
    expect(read.reduce((sum, view) => sum + view.visibleMs, 0)).toBe(60_000)
    expect(await db.selectFrom('linkVisit').select('visitor').distinct().execute()).toEqual([{ visitor: 'addressee' }])
  })

  it('keep the reasons of what was refused', async () => {
    await load()
    const refused = await db
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
