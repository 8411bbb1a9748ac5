import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildAccount, buildContact, buildPiece } from '../../../test/builders.ts'
import { createBrowser, startLinkBench, type Browser, type LinkBench } from '../../../test/link-bench.ts'
import { transact } from '../../db/database.ts'
import { loadCopy } from '../../evidence/own-data/load-copy.ts'
import { buildRep } from '../../../test/builders.ts'
import { loadStanding } from '../load-standing.ts'
import { stateConsents } from '../state-consents.ts'
import { carryAnswers } from '../carry-queries.ts'

let server: LinkBench
let contentItemId: string
beforeAll(async () => {
  server = await startLinkBench()
  contentItemId = await buildPiece(server, {
    class: 'consent',
    kind: 'article',
    product: '',
    ways: 'news',
    body: '<p>邀请</p>',
  })
})
afterAll(() => server.stop())

/** A doctor nobody has matched, at the link of their welcome, in a browser that knows nobody. */
async function buildWelcomed() {
  const repId = await buildRep(server)
  const externalUserId = await buildContact(server, repId, null)
  const sendId = server.deps.newId()
  const { documentId } = await server.db
    .selectFrom('contentItem')
    .select('documentId')
    .where('id', '=', contentItemId)
    .executeTakeFirstOrThrow()
  await server.db
    .insertInto('send')
    .values({
      ...{ id: sendId, requestId: crypto.randomUUID(), bodyHash: '', repId, externalUserId, accountId: null },
      ...{ contentItemId, documentId, class: 'consent', kind: 'news', outcome: 'authorised', mediaId: null },
      ...{ messageDigest: null, policyVersion: 1, weighed: '{}', decidedAt: server.deps.now() },
    })
    .execute()
  return { repId, externalUserId, path: `/l/${server.deps.secrets.linkTokenOf(sendId)}` }
}

function fill(page: string, answer: 'agree' | 'decline', ticked: string[]): string {
  const hidden = [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  const form = new URLSearchParams(hidden.map(([, name = '', value = '']) => [name, value]))
  for (const one of ticked) form.append('agree', one)
  form.append('answer', answer)
  return form.toString()
}

/** Answers as the form does, and comes back from WeChat as that contact. */
async function answer(browser: Browser, path: string, as: string, given: 'agree' | 'decline') {
  const page = await browser.go(path)
  const out = await browser.form(`${path}/consent`, fill(page.text, given, given === 'agree' ? ['receive'] : []))
  if (out.status !== 302) return out
  const code = crypto.randomUUID()
  server.told.codes.set(code, { kind: 'contact', externalUserId: as, openId: 'o' })
  const oauth = new URL(out.headers.get('location') ?? '')
  const back = new URL(oauth.searchParams.get('redirect_uri') ?? '')
  return browser.go(`${back.pathname}?code=${code}&state=${oauth.searchParams.get('state') ?? ''}`)
}

const kept = (externalUserId: string) =>
  server.db.selectFrom('contactAnswer').selectAll().where('externalUserId', '=', externalUserId).orderBy('id').execute()
const said = (accountId: string) =>
  server.db.selectFrom('consent').selectAll().where('accountId', '=', accountId).orderBy('statedAt').execute()
const match = (externalUserId: string, accountId: string) =>
  transact(server.deps.db, async (trx) => {
    await trx
      .selectFrom('externalContact')
      .select('accountId')
      .where('externalUserId', '=', externalUserId)
      .forUpdate()
      .execute()
    await trx.updateTable('externalContact').set({ accountId }).where('externalUserId', '=', externalUserId).execute()
    await carryAnswers(server.deps, trx, { externalUserId, accountId })
  })
const later = (ms: number): void => void (server.clock.at = new Date(server.clock.at.getTime() + ms))

describe('what a doctor answers before anybody matched them', () => {
  test('is kept with its evidence, shown to them, and stated by the account once they are matched', async () => {
    const { externalUserId, path, repId } = await buildWelcomed()
    const browser = createBrowser(server)
    await answer(browser, path, externalUserId, 'agree')
    const [row, ...others] = await kept(externalUserId)
    expect(others).toEqual([])
    expect(row).toMatchObject({ purpose: 'receive', statement: 'opted_in', identity: 'wechat_oauth', channel: 'link' })
    expect(row?.evidence).toContain(repId)
    expect((await browser.go(path)).text).toContain('已记录：您同意')
    expect((await browser.go('/me')).text).toContain('接收医学资料')
    const copy = await loadCopy(server.deps, { accountId: null, externalUserId, form: 'file' })
    expect(copy.consents).toMatchObject([{ purpose: 'receive', statement: 'opted_in', textHash: row!.textHash }])

    later(3 * 86_400_000)
    const accountId = await buildAccount(server)
    await match(externalUserId, accountId)
    const [carried] = await said(accountId)
    expect(carried).toMatchObject({
      ...{ statement: 'opted_in', statedAt: row!.statedAt, identity: 'wechat_oauth', channel: 'link' },
      ...{ textVersion: row!.textVersion, textHash: row!.textHash, recordedAt: server.deps.now() },
    })
    expect(carried?.evidence).toContain(row!.id)
    expect(await kept(externalUserId)).toHaveLength(1)
  })

  test('is one answer, however often and from how many tabs it comes, and carried once by ten at once', async () => {
    const { externalUserId, path } = await buildWelcomed()
    const browser = createBrowser(server)
    await answer(browser, path, externalUserId, 'decline')
    const page = await browser.go(`${path}/consent`)
    const form = fill(page.text, 'agree', ['receive'])
    await Promise.all(Array.from({ length: 10 }, () => browser.form(`${path}/consent`, form)))
    expect((await kept(externalUserId)).map(({ statement }) => statement)).toEqual(['declined', 'opted_in'])
    const accountId = await buildAccount(server)
    await Promise.all(Array.from({ length: 10 }, () => match(externalUserId, accountId)))
    expect((await said(accountId)).map(({ statement }) => statement)).toEqual(['declined', 'opted_in'])
  })

  test('yields to a later word of the account, and outweighs an earlier one', async () => {
    const { externalUserId, path } = await buildWelcomed()
    const accountId = await buildAccount(server)
    await answer(createBrowser(server), path, externalUserId, 'agree')
    later(60_000)
    await stateConsents(
      server.deps,
      { kind: 'hcp', id: accountId },
      {
        ...{
          accountId,
          requestId: crypto.randomUUID(),
          language: 'zh-CN',
          channel: 'own_page',
          identity: 'remembered',
        },
        ...{ evidence: {}, statements: [{ purpose: 'receive', statement: 'opted_out', textVersion: 1 }] },
      },
    )
    await match(externalUserId, accountId)
    const receive = (await loadStanding(server.deps.db, accountId, server.deps.now())).find(
      ({ purpose }) => purpose === 'receive',
    )
    expect(receive?.standing.state).toBe('withdrawn')
  })

  test('counts as given, though the text was replaced before the match; the gate then asks for the new one', async () => {
    const { externalUserId, path } = await buildWelcomed()
    await answer(createBrowser(server), path, externalUserId, 'agree')
    later(1_000)
    const text = {
      title: '新同意书',
      summary: '',
      body: '新',
      hash: '9'.repeat(64),
      material: 1,
      purpose: 'receive' as const,
    }
    await server.owner
      .insertInto('consentText')
      .values({ ...text, version: 9, language: 'zh-CN', activeFrom: server.deps.now() })
      .execute()
    later(1_000)
    const accountId = await buildAccount(server)
    await match(externalUserId, accountId)
    expect(await said(accountId)).toMatchObject([{ statement: 'opted_in', textVersion: 1 }])
    const standings = await loadStanding(server.deps.db, accountId, server.deps.now())
    expect(standings.find(({ purpose }) => purpose === 'receive')?.standing.state).toBe('outdated')
    await server.owner.deleteFrom('consentText').where('version', '=', 9).execute()
  })

  test('can be taken back in two taps without being matched', async () => {
    const { externalUserId, path } = await buildWelcomed()
    const browser = createBrowser(server)
    await answer(browser, path, externalUserId, 'agree')
    await browser.form('/me/withdraw', '')
    expect((await kept(externalUserId)).map(({ statement }) => statement)).toEqual(['opted_in', 'opted_out'])
    expect((await browser.go('/me/withdrawn')).text).toContain('已撤回同意')
  })

  test('is nobody’s when somebody else opens the link', async () => {
    const { externalUserId, path, repId } = await buildWelcomed()
    const other = await buildContact(server, repId, null)
    await answer(createBrowser(server), path, other, 'agree')
    expect([...(await kept(externalUserId)), ...(await kept(other))]).toEqual([])
  })
})
