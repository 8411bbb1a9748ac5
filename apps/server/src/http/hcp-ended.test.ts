import { ulid } from 'ulid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  buildAddressee,
  buildLink,
  changePiece,
  startLinkBench,
  state,
  type Link,
  type LinkBench,
} from '../../test/link-bench.ts'
import { buildPiece } from '../../test/builders.ts'

let server: LinkBench
beforeAll(async () => {
  server = await startLinkBench()
})
afterAll(() => server.stop())

const day = 86_400_000
const content = /CN-2026-0417|无进展|\.webp/

async function revoke({ sendId, repId }: Link) {
  await server.db
    .insertInto('linkRevocation')
    .values({ sendId, revokedBy: repId, revokedAt: server.clock.at })
    .execute()
}

const endings: { says: string; end: (link: Link) => Promise<unknown>; shows: string[] }[] = [
  {
    says: '[A36] recalled',
    end: (link) =>
      changePiece(server, link, { state: 'withdrawn', withdrawnReason: '安全性信息更新', endedAt: server.clock.at }),
    shows: ['这份资料已撤回', '2026-05-13 由公司撤回', '原因：安全性信息更新', 'LNK-01', '请王磊发新版'],
  },
  {
    says: '[A35] expired this very moment',
    end: (link) => changePiece(server, link, { expiresAt: server.clock.at }),
    shows: ['这份资料已过有效期', '2026-05-13 到期', 'LNK-01'],
  },
  { says: 'replaced', end: (link) => changePiece(server, link, { state: 'superseded' }), shows: ['这份资料有新版'] },
  { says: 'taken back by the rep', end: revoke, shows: ['这条链接已收回', '请王磊发新版'] },
  {
    says: 'of a doctor who withdrew consent',
    end: ({ accountId }) => state(server, accountId, 'receive', 'opted_out', new Date(server.clock.at.getTime() + 1)),
    shows: ['您已撤回同意，资料不再显示', 'LNK-02'],
  },
  {
    says: '[R18] of somebody who turned out to be no doctor',
    end: ({ accountId }) =>
      server.owner.updateTable('account').set({ hcpVerified: 0 }).where('id', '=', accountId).execute(),
    shows: ['这条链接已收回'],
  },
  {
    says: 'whose bytes are not the approved ones',
    end: (link) => changePiece(server, link, { fileHash: 'b'.repeat(64) }),
    shows: ['这份资料已撤回'],
  },
  {
    says: 'whose title somebody changed past the application',
    end: (link) => changePiece(server, link, { title: '另一个标题' }, true),
    shows: ['这份资料已撤回'],
  },
]

describe.each(endings)('a link $says', ({ end, shows }) => {
  test('stops at once for its addressee: page, images and reports', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    const image = await browser.go(`${link.path}/pages/1/480.webp`)
    await end(link)

    server.counter.statements = 0
    const { status, text } = await browser.go(link.path)
    expect(server.counter.statements).toBe(2)
    expect(status).toBe(200)
    for (const line of shows) expect(text).toContain(line)
    expect(text).not.toMatch(content)
    const etag = image.headers.get('etag') ?? ''
    const cached = await browser.go(`${link.path}/pages/1/480.webp`, { headers: { 'if-none-match': etag } })
    expect(cached.status).toBe(409)
    expect((await browser.post(`${link.path}/opened`, { openingId: crypto.randomUUID() })).status).toBe(409)
  })
})

const asks = () => server.db.selectFrom('contentAsk').selectAll()

describe('asking for the new version', () => {
  test('names the successor, is told to the sender once a day however often it is tapped, and says so', async () => {
    const link = await buildLink(server)
    const browser = await buildAddressee(server, link)
    const documentId = ulid()
    const successor = await buildPiece(server, { documentId, version: 4, title: '四期研究摘要' })
    await changePiece(server, link, { state: 'withdrawn', supersededBy: successor })
    expect((await browser.go(link.path)).text).toContain('有新版：四期研究摘要 v4')

    const answers = await Promise.all(Array.from({ length: 10 }, () => browser.form(`${link.path}/ask-new`)))
    expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(303))
    const { accountId, repId, sendId } = link
    expect(await asks().where('accountId', '=', accountId).execute()).toMatchObject([{ documentId, repId }])
    const told = await server.db.selectFrom('auditEntry').selectAll().where('subjectId', '=', documentId).execute()
    expect(told).toMatchObject([{ event: 'content.asked_for', actorKind: 'hcp', actorId: accountId }])
    expect(JSON.stringify(told)).toContain(sendId)

    const { text } = await browser.go(link.path)
    expect(text).toContain('已经转告王磊')
    expect(text).not.toContain('ask-new')

    const before = server.clock.at
    server.clock.at = new Date(before.getTime() + day)
    await browser.form(`${link.path}/ask-new`)
    expect(await asks().where('accountId', '=', accountId).execute()).toHaveLength(2)
    server.clock.at = before
  })

  test('of a document with a newer approved version names that version, and not one that is still to come', async () => {
    const documentId = ulid()
    const link = await buildLink(server, { piece: { documentId, version: 2, state: 'superseded' } })
    await buildPiece(server, { documentId, version: 3, title: '现行版' })
    await buildPiece(server, {
      documentId,
      version: 4,
      title: '将来版',
      effectiveAt: new Date(server.clock.at.getTime() + day),
    })
    const browser = await buildAddressee(server, link)
    const { text } = await browser.go(link.path)
    expect(text).toContain('有新版：现行版 v3')
    expect(text).not.toContain('将来版')
  })

  test('does nothing on a live link, and is not offered after a withdrawn consent or by a sender who left', async () => {
    const live = await buildLink(server)
    const browser = await buildAddressee(server, live)
    await browser.form(`${live.path}/ask-new`)
    expect(await asks().where('accountId', '=', live.accountId).execute()).toEqual([])

    const declined = await buildLink(server, { receive: 'declined' })
    const left = await buildLink(server, { piece: { state: 'withdrawn' }, rep: { status: 'left' } })
    for (const link of [declined, left]) {
      const reader = await buildAddressee(server, link)
      expect((await reader.go(link.path)).text).not.toContain('ask-new')
      await reader.form(`${link.path}/ask-new`)
      expect(await asks().where('accountId', '=', link.accountId).execute()).toEqual([])
    }
  })
})
