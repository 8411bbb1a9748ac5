import type { ConsentStatement, ContentState } from '@vouch/rules'
import type { Insertable, Updateable } from 'kysely'
import { monotonicFactory } from 'ulid'
import { sealed, statementColumns, statementHash } from '../src/statement.ts'
import type { AccountTable } from '../src/db/tables/contacts.ts'
import type { ContentItemTable } from '../src/db/tables/content.ts'
import type { PersonTable } from '../src/db/tables/people.ts'
import { morning, type TestServer } from './test-server.ts'

/** What is built later sorts later, within a millisecond too. */
const ulid = monotonicFactory()

const day = 86_400_000
export const farAway = new Date('9999-12-31T00:00:00.000Z')
const longAgo = new Date('1970-01-02T00:00:00.000Z')

/** Policy, product, hospital and consent text: what is there before anybody comes. */
export async function buildCompany(
  { db }: TestServer,
  policy: { sendsPerMonth?: number; quietFrom?: number; quietUntil?: number; sameItemDays?: number } = {},
) {
  await db
    .insertInto('policy')
    .values({
      ...{
        version: 1,
        sendsPerMonth: 4,
        quietFrom: 22 * 60,
        quietUntil: 8 * 60,
        sameItemDays: 14,
        askAgainDays: 90,
        ticketSeconds: 90,
      },
      ...{
        unknownAfterSeconds: 600,
        employmentProofMinutes: 15,
        contactProofHours: 24,
        consentDays: null,
        market: 'CN',
      },
      ...{
        reason: 'first policy',
        changedBy: null,
        approvedBy: null,
        holdsFrom: new Date(morning.getTime() - 400 * day),
      },
      ...policy,
    })
    .execute()
  await db.insertInto('product').values({ code: 'PD1', name: '示例单抗', nameEn: 'Examplimab' }).execute()
  await db.insertInto('hospital').values({ id: 'hospital-1', name: '仁和医院（示例）', shortName: '仁和' }).execute()
  await db
    .insertInto('consentText')
    .values({
      version: 1,
      language: 'zh-CN',
      title: '同意书',
      body: '正文',
      hash: '0'.repeat(64),
      material: 1,
      activeFrom: new Date(morning.getTime() - 400 * day),
    })
    .execute()
  await db
    .insertInto('consentTextVersion')
    .values({
      ...{ version: 1, purpose: 'receive', life: 'approved', material: 1, createdAt: morning },
      activeFrom: new Date(morning.getTime() - 400 * day),
    })
    .execute()
}

export async function buildRep(
  { db, deps }: TestServer,
  given: Partial<Insertable<PersonTable>> & { roles?: string[] } = {},
): Promise<string> {
  const { roles = ['rep'], ...person } = given
  const id = ulid()
  const wecomUserId = `rep-${id.toLowerCase()}`
  await db
    .insertInto('person')
    .values({
      ...{
        id,
        wecomUserId,
        wecomUserKey: wecomUserId,
        name: '王磊',
        status: 'active',
        employmentProvedAt: deps.now(),
        leftAt: null,
      },
      ...{ filingNumber: 'F-1', filedUntil: new Date(morning.getTime() + 300 * day), createdAt: morning },
      ...person,
    })
    .execute()
  for (const role of roles) await db.insertInto('personRole').values({ personId: id, role, until: null }).execute()
  await db.insertInto('repProduct').values({ repId: id, product: 'PD1' }).execute()
  await db.insertInto('repTerritory').values({ repId: id, territory: 'east' }).execute()
  if (roles.includes('manager'))
    await db.insertInto('managedTerritory').values({ personId: id, territory: 'east' }).execute()
  return id
}

export async function buildAccount({ db }: TestServer, given: Partial<Insertable<AccountTable>> = {}): Promise<string> {
  const id = ulid()
  await db
    .insertInto('account')
    .values({
      ...{
        id,
        name: '张伟',
        nameSearch: '张伟 zhangwei zw',
        title: '主任医师',
        hospitalId: 'hospital-1',
        department: '肿瘤内科',
        specialty: 'oncology',
      },
      ...{ territory: 'east', hcpVerified: 1, licenceNumber: 'L-1', active: 1, pausedUntil: null, createdAt: morning },
      ...given,
    })
    .execute()
  return id
}

/** An external contact that the rep follows, matched to the account when one is given. */
export async function buildContact(
  { db, deps }: TestServer,
  repId: string,
  accountId: string | null,
  given: { following?: number; provedAt?: Date | null; externalUserId?: string } = {},
): Promise<string> {
  const externalUserId = given.externalUserId ?? `wm${ulid()}`
  await db
    .insertInto('externalContact')
    .ignore()
    .values({
      externalUserId,
      nickname: '张伟 仁和',
      accountId,
      matchedBy: accountId ? repId : null,
      matchedAt: accountId ? morning : null,
      createdAt: morning,
    })
    .execute()
  await db
    .insertInto('contactFollow')
    .values({
      repId,
      externalUserId,
      following: given.following ?? 1,
      provedAt: given.provedAt === undefined ? deps.now() : given.provedAt,
      endedAt: null,
    })
    .execute()
  return externalUserId
}

export async function buildPiece(
  { db }: TestServer,
  given: Partial<Insertable<ContentItemTable>> & { state?: ContentState } = {},
): Promise<string> {
  const id = ulid()
  const state = given.state ?? 'approved'
  const row: Insertable<ContentItemTable> = {
    ...{
      id,
      documentId: ulid(),
      version: 1,
      kind: 'document',
      class: 'scientific',
      product: 'PD1',
      market: 'CN',
      language: 'zh-CN',
      ways: 'news,file',
    },
    ...{
      title: '三期研究摘要',
      searchText: '三期研究摘要 sanqiyanjiuzhaiyao sqyjzy',
      cardTitle: '研究摘要',
      cardDesc: '示例药业',
      cardHash: 'c'.repeat(64),
    },
    ...{
      approvalNumber: 'CN-2026-0417',
      state,
      effectiveAt: new Date(morning.getTime() - 30 * day),
      expiresAt: new Date(morning.getTime() + 300 * day),
    },
    ...{
      endedAt: null,
      withdrawnReason: null,
      supersededBy: null,
      fileHash: 'a'.repeat(64),
      approvedHash: 'a'.repeat(64),
      fileBytes: 100_000,
    },
    ...{
      fileName: '研究摘要.pdf',
      mime: 'application/pdf',
      pageCount: 12,
      body: '',
      publishedAt: new Date(morning.getTime() - 20 * day),
      createdAt: morning,
    },
    ...{ listedUntil: state === 'approved' || state === 'withdrawn' ? farAway : longAgo },
    ...given,
  }
  await db.insertInto('contentItem').values(sealed(row)).execute()
  return id
}

/** Changes an approved piece as if it had been approved so; `unseen` changes it as somebody past the application would. */
export async function changePiece(
  { owner }: Pick<TestServer, 'owner'>,
  contentItemId: string,
  change: Updateable<ContentItemTable>,
  unseen = false,
): Promise<void> {
  await owner.updateTable('contentItem').set(change).where('id', '=', contentItemId).execute()
  if (unseen) return
  const row = await owner
    .selectFrom('contentItem')
    .select(statementColumns)
    .where('id', '=', contentItemId)
    .executeTakeFirstOrThrow()
  const signedHash = statementHash(row)
  await owner.updateTable('contentItem').set({ signedHash }).where('id', '=', contentItemId).execute()
}

export async function giveConsent(
  { db }: TestServer,
  accountId: string,
  statement: ConsentStatement = 'opted_in',
  statedAt = new Date(morning.getTime() - 10 * day),
): Promise<void> {
  await db
    .insertInto('consent')
    .values({
      ...{
        id: ulid(),
        accountId,
        purpose: 'receive',
        statement,
        textVersion: 1,
        textHash: '0'.repeat(64),
        language: 'zh-CN',
        channel: 'link',
      },
      ...{ identity: 'external_userid', statedAt, recordedAt: statedAt },
    })
    .execute()
}

/** The ordinary case: a rep, a verified doctor who agreed, a piece that may go. */
export async function buildOrdinary(server: TestServer) {
  const repId = await buildRep(server)
  const accountId = await buildAccount(server)
  const externalUserId = await buildContact(server, repId, accountId)
  await giveConsent(server, accountId)
  const contentItemId = await buildPiece(server)
  return { repId, accountId, externalUserId, contentItemId, cookie: await server.signIn(repId) }
}
