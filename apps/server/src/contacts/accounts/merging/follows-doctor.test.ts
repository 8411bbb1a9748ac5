import { randomUUID } from 'node:crypto'
import { accountEndpoints, repEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildPiece } from '../../../../test/builders.ts'
import { buildColleague, type Colleague } from '../../../../test/office.ts'
import {
  buildAddressee,
  buildLink,
  changePiece,
  startLinkBench,
  type Link,
  type LinkBench,
} from '../../../../test/link-bench.ts'
import { call } from '../../../../test/test-server.ts'
import { nameSound } from '../name-sound.ts'

let server: LinkBench
let clerk: Colleague
beforeAll(async () => {
  server = await startLinkBench()
  clerk = await buildColleague(server, 'compliance')
})
afterAll(() => server.stop())

const revisionOf = async (id: string) =>
  (await server.owner.selectFrom('account').select('revision').where('id', '=', id).executeTakeFirstOrThrow()).revision
async function merge(survivorId: string, mergedId: string): Promise<string> {
  const [survivorRevision, mergedRevision] = [await revisionOf(survivorId), await revisionOf(mergedId)]
  const { body } = await call(server, clerk.cookie, accountEndpoints.mergeAccounts, {
    ...{ requestId: randomUUID(), survivorId, mergedId, survivorRevision, mergedRevision, reason: '同一位医生' },
  })
  expect(body.outcome).toBe('merged')
  return body.mergeId
}
const undo = (mergeId: string) =>
  call(server, clerk.cookie, accountEndpoints.undoMerge, { mergeId, reason: '其实是两个人' })

/** A doctor on two records: the rep knows them by the second, which is merged into the first. */
async function buildTwice() {
  const one = { name: '孙丽', nameSound: nameSound('孙丽'), licenceNumber: null }
  const whole = await buildLink(server, { account: one })
  const merged = await buildLink(server, { account: one })
  const cookie = await server.signIn(merged.repId)
  const chat = async () => {
    const asked = { externalUserId: merged.externalUserId, entry: 'single_chat_tools' as const }
    return (await call(server, cookie, repEndpoints.openChat, asked)).body
  }
  const list = async () => (await call(server, cookie, repEndpoints.listToTell, { cursor: null })).body.doctors
  return { whole, merged, cookie, chat, list }
}

/** The rep was asked to tell this record's doctor of a withdrawal. */
async function owe({ accountId, repId }: Link, { gone = '', notice = '' } = {}) {
  const contentItemId =
    gone || (await buildPiece(server, { title: '旧剂量', state: 'withdrawn', endedAt: server.clock.at }))
  const noticeItemId = notice || (await buildPiece(server, { title: '更正说明' }))
  const row = { contentItemId, accountId, repId, noticeItemId, askedBy: 'x', askedAt: server.clock.at }
  await server.db.insertInto('recallReader').values(row).execute()
  return { gone: contentItemId, notice: noticeItemId }
}

it('what a doctor is to be told follows to the record that stands for them, once, and back', async () => {
  const { whole, merged, chat, list } = await buildTwice()
  const { gone, notice } = await owe(merged)
  const shown = async () => [(await chat()).contact.toTell, await list()]
  const owed = { notice: { contentItemId: notice }, withdrawn: { title: '旧剂量' } }
  expect(await shown()).toMatchObject([[owed], [owed]])
  const mergeId = await merge(whole.accountId, merged.accountId)
  expect(await shown()).toMatchObject([[owed], [owed]])
  await owe({ ...whole, repId: merged.repId }, { gone, notice })
  expect(await shown()).toMatchObject([[owed], [owed]])
  const both = await shown()
  expect(both.map((doctors) => doctors.length)).toEqual([1, 1])
  await undo(mergeId)
  expect(await shown()).toMatchObject([[owed], [owed]])
})

it('a notice sent to the one record is told for the other too', async () => {
  const { whole, merged, cookie, chat, list } = await buildTwice()
  const { notice } = await owe(merged)
  await merge(whole.accountId, merged.accountId)
  server.clock.at = new Date(server.clock.at.getTime() + 60_000)
  const { externalUserId } = merged
  const asked = { requestId: randomUUID(), externalUserId, contentItemId: notice, kind: 'news' as const }
  const { body } = await call(server, cookie, repEndpoints.authoriseSend, { ...asked, entry: 'single_chat_tools' })
  const { sendId, ticket, digest } = body
  const fact = { factId: randomUUID(), kind: 'K' as const, clientAt: server.clock.at.toISOString() }
  await call(server, cookie, repEndpoints.recordFact, { sendId, ticket, digest, ...fact })
  expect((await chat()).contact.toTell).toEqual([])
  expect(await list()).toEqual([])
})

it('an invitation that waits is still the one shown after the merge, and after it was undone', async () => {
  const { whole, merged, cookie } = await buildTwice()
  await server.owner.deleteFrom('consent').where('accountId', 'in', [whole.accountId, merged.accountId]).execute()
  const contentItemId = await buildPiece(server, { class: 'consent', kind: 'article', product: '', ways: 'news' })
  const show = async () => {
    const asked = { requestId: randomUUID(), externalUserId: merged.externalUserId, contentItemId }
    return (await call(server, cookie, repEndpoints.showInvitation, { ...asked, entry: 'single_chat_tools' })).body.link
  }
  const link = await show()
  expect(link).toMatch(/\?qr$/)
  const mergeId = await merge(whole.accountId, merged.accountId)
  expect(await show()).toBe(link)
  await undo(mergeId)
  expect(await show()).toBe(link)
})

it('a piece the doctor asked for while their records were merged reaches the rep, whichever was first, and goes back', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { whole, merged, cookie } = await buildTwice()
    const newer = await buildPiece(server, { title: `新版${round}` })
    await changePiece(server, merged, {
      supersededBy: newer,
      state: 'superseded',
      endedAt: server.clock.at,
    })
    const browser = await buildAddressee(server, merged)
    const [mergeId] = await Promise.all([
      merge(whole.accountId, merged.accountId),
      browser.form(`${merged.path}/ask-new`),
    ])
    const asked = async () => {
      const about = { externalUserId: merged.externalUserId, entry: 'single_chat_tools' as const }
      const { body } = await call(server, cookie, repEndpoints.openChat, about)
      return body.pieces.filter(({ why }: { why: string | null }) => why === 'asked')
    }
    expect(await asked()).toMatchObject([{ contentItemId: newer }])
    await undo(mergeId)
    expect(await asked()).toMatchObject([{ contentItemId: newer }])
  }
})
