import type { Insertable } from 'kysely'
import { ulid } from 'ulid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildAccount, buildContact, buildPiece } from '../../../test/builders.ts'
import { buildLink, startLinkBench, type LinkBench } from '../../../test/link-bench.ts'
import type { SendTable } from '../../db/tables/sends.ts'
import { transact } from '../../db/database.ts'
import { eraseWords, lockOwnContacts } from '../../contacts/erase-queries.ts'
import { loadCopy } from './load-copy.ts'

let server: LinkBench
let invitation: string
beforeAll(async () => {
  server = await startLinkBench()
  invitation = await buildPiece(server, {
    class: 'consent',
    kind: 'article',
    product: '',
    ways: 'news',
    title: '同意书',
  })
})
afterAll(() => server.stop())

const copyOf = (externalUserId: string, accountId: string | null) =>
  loadCopy(server.deps, { accountId, externalUserId, form: 'file' })

/** A contact who was asked in the welcome, opened it, and belongs to no doctor yet. */
async function buildWelcomed() {
  const { repId, sendId } = await buildLink(server)
  const externalUserId = await buildContact(server, repId, null)
  const id = ulid()
  const sent = await server.db.selectFrom('send').selectAll().where('id', '=', sendId).executeTakeFirstOrThrow()
  const send: Insertable<SendTable> = {
    ...{ ...sent, id, requestId: crypto.randomUUID(), externalUserId, accountId: null, contentItemId: invitation },
    ...{ class: 'consent', kind: 'news', weighed: JSON.stringify(sent.weighed) },
  }
  await server.db.insertInto('send').values(send).execute()
  const at = server.clock.at
  await server.db
    .insertInto('welcome')
    .values({
      ...{ codeHash: ulid().padEnd(64, '0'), digest: ulid().padEnd(64, '0'), repId, externalUserId, sendId: id },
      ...{ contactCodeId: null, life: 'sent', asksConsent: 1, wording: '您好，金丝雀', errcode: null, triedAt: at },
      ...{ ownedUntil: at, occurredAt: at, beganAt: at, settledAt: at },
    })
    .execute()
  await server.db
    .insertInto('linkVisit')
    .values({ id: ulid(), sendId: id, visitedAt: at, visitor: 'addressee', contentItemId: null })
    .execute()
  return { externalUserId, sendId: id, repId }
}

describe('[R19] the copy of one’s data', () => {
  test('holds the invitation of a welcome before anybody matched the contact, and after it', async () => {
    const { externalUserId, sendId } = await buildWelcomed()
    const held = {
      ...{ sends: [{ number: sendId, title: '同意书' }], openings: [{ number: sendId, by: 'addressee' }] },
      welcomes: [{ wording: '您好，金丝雀' }],
    }
    expect(await copyOf(externalUserId, null)).toMatchObject({ ...held, person: null })
    const accountId = await buildAccount(server)
    const match = { accountId }
    await server.owner.updateTable('externalContact').set(match).where('externalUserId', '=', externalUserId).execute()
    expect(await copyOf(externalUserId, accountId)).toMatchObject({ ...held, person: { name: '张伟' } })
    const other = await buildLink(server)
    expect(JSON.stringify(await copyOf(other.externalUserId, other.accountId))).not.toContain('金丝雀')
  })

  test('holds what was written under a record that was merged since, and its erasure takes that too', async () => {
    const [whole, merged] = [await buildLink(server), await buildLink(server)]
    await server.owner
      .updateTable('account')
      .set({ mergedInto: whole.accountId })
      .where('id', '=', merged.accountId)
      .execute()
    const wish = { unwanted: '', mostPerMonth: 1, quietFrom: null, quietUntil: null, revision: 1 }
    for (const { accountId } of [whole, merged])
      await server.db
        .insertInto('accountWish')
        .values({ ...wish, accountId, changedAt: server.clock.at })
        .execute()
    const { sends, consents } = await copyOf(whole.externalUserId, whole.accountId)
    expect(sends.map(({ number }) => number).toSorted()).toEqual([whole.sendId, merged.sendId].toSorted())
    expect(consents).toHaveLength(2)
    const { accountId, externalUserId } = whole
    const erased = await transact(server.db, async (trx) =>
      eraseWords(trx, {
        accountId,
        contactIds: await lockOwnContacts(trx, { accountId, externalUserId }),
        at: server.clock.at,
      }),
    )
    expect(erased.wishes).toBe(2)
  })
})
