import { sql, type Kysely } from 'kysely'
import { ulid } from 'ulid'
import type { Database } from '../src/db/schema.ts'
import { sealed } from '../src/statement.ts'
import { newToken, sha256 } from '../src/secrets.ts'

const day = 86_400_000
const now = new Date()
/** Proofs of tomorrow count as fresh, so that no job talks to WeCom while something is measured. */
const fresh = new Date(now.getTime() + day)
const far = new Date('9999-12-31T00:00:00.000Z')

export const seconds = (from: number): string => `${((performance.now() - from) / 1_000).toFixed(1)} s`

/** Inserts rows in statements of 1,000. */
export async function fill<T extends keyof Database & string>(
  db: Kysely<Database>,
  table: T,
  rows: object[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += 1_000) {
    await db
      .insertInto(table)
      .values(rows.slice(start, start + 1_000) as never) // rows of the table named beside them
      .execute()
  }
}

/** One company: a policy that never gets in the way, reps with sessions, accounts each followed by one rep. */
export async function fillCompany(db: Kysely<Database>, size: { reps: number; accountsPerRep: number }) {
  await db
    .insertInto('policy')
    .values({
      ...{
        version: 1,
        sendsPerMonth: 1_000_000,
        quietFrom: 0,
        quietUntil: 0,
        sameItemDays: 1,
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
      ...{ reason: 'bench', changedBy: null, approvedBy: null, holdsFrom: new Date(0) },
    })
    .execute()
  await db.insertInto('hospital').values({ id: 'hospital', name: '仁和医院（示例）', shortName: '仁和' }).execute()
  await db.insertInto('product').values({ code: 'P0', name: '示例单抗', nameEn: 'Examplimab' }).execute()
  await db
    .insertInto('consentText')
    .values({
      version: 1,
      language: 'zh-CN',
      title: '同意书',
      body: '正文',
      hash: '0'.repeat(64),
      material: 1,
      activeFrom: new Date(0),
    })
    .execute()
  const reps = Array.from({ length: size.reps }, (_, index) => ({ id: ulid(), token: newToken(), index }))
  const accounts = reps.flatMap((rep) =>
    Array.from({ length: size.accountsPerRep }, () => ({
      id: ulid(),
      repId: rep.id,
      externalUserId: `wm${ulid()}`,
      token: rep.token,
    })),
  )
  await fill(
    db,
    'person',
    reps.map(({ id, index }) => ({
      ...{
        id,
        wecomUserId: `rep${index}`,
        wecomUserKey: `rep${index}`,
        name: `代表${index}`,
        status: 'active',
        employmentProvedAt: fresh,
      },
      ...{ leftAt: null, filingNumber: 'F', filedUntil: fresh, createdAt: now },
    })),
  )
  await fill(
    db,
    'personRole',
    reps.map(({ id }) => ({ personId: id, role: 'rep', until: null })),
  )
  await fill(
    db,
    'repProduct',
    reps.map(({ id }) => ({ repId: id, product: 'P0' })),
  )
  await fill(
    db,
    'repTerritory',
    reps.map(({ id }) => ({ repId: id, territory: 'T0' })),
  )
  await fill(
    db,
    'session',
    reps.map(({ id, token }) => ({
      ...{
        tokenHash: sha256(token),
        personId: id,
        face: 'rep',
        signedInAt: now,
        lastSeenAt: now,
        endedAt: null,
        endedWhy: null,
      },
    })),
  )
  await fill(
    db,
    'account',
    accounts.map(({ id }, index) => ({
      ...{
        id,
        name: `医生${index}`,
        nameSearch: `医生${index}`,
        title: '主任医师',
        hospitalId: 'hospital',
        department: '肿瘤内科',
        specialty: 'oncology',
      },
      ...{ territory: 'T0', hcpVerified: 1, licenceNumber: 'L', active: 1, pausedUntil: null, createdAt: now },
    })),
  )
  await fill(
    db,
    'externalContact',
    accounts.map(({ id, externalUserId, repId }) => ({
      ...{ externalUserId, nickname: '医生', accountId: id, matchedBy: repId, matchedAt: now, createdAt: now },
    })),
  )
  await fill(
    db,
    'contactFollow',
    accounts.map(({ repId, externalUserId }) => ({
      repId,
      externalUserId,
      following: 1,
      provedAt: fresh,
      endedAt: null,
    })),
  )
  await fill(
    db,
    'consent',
    accounts.map(({ id }) => ({
      ...{
        id: ulid(),
        accountId: id,
        purpose: 'receive',
        statement: 'opted_in',
        textVersion: 1,
        textHash: '0'.repeat(64),
        language: 'zh-CN',
      },
      ...{ channel: 'link', identity: 'external_userid', statedAt: new Date(now.getTime() - day), recordedAt: now },
    })),
  )
  return { reps, accounts }
}
export type Company = Awaited<ReturnType<typeof fillCompany>>

/** The bytes of a piece, each its own; there are none behind it. */
export const hashOf = (index: number): string => index.toString(16).padStart(64, '0')

/** Approved pieces, newest last; every 25th belongs to the reps' product, the others to lines they do not carry. */
export async function fillPieces(db: Kysely<Database>, count: number): Promise<string[]> {
  const pieces = Array.from({ length: count }, (_, index) => ({
    ...{
      id: ulid(),
      documentId: ulid(),
      version: 1,
      kind: 'document',
      class: 'scientific',
      product: index % 25 === 0 ? 'P0' : `P${1 + (index % 24)}`,
    },
    ...{
      market: 'CN',
      language: 'zh-CN',
      ways: 'news,file',
      title: `联合化疗一线治疗研究摘要 ${index}`,
      searchText: `联合化疗一线治疗研究摘要 ${index}`,
    },
    ...{
      cardTitle: '研究摘要',
      cardDesc: '示例药业',
      cardHash: 'c'.repeat(64),
      approvalNumber: `CN-${index}`,
      state: 'approved',
    },
    ...{
      effectiveAt: new Date(0),
      expiresAt: far,
      endedAt: null,
      withdrawnReason: null,
      supersededBy: null,
      fileHash: hashOf(index),
    },
    ...{
      approvedHash: hashOf(index),
      fileBytes: 100_000,
      pageCount: 12,
      body: '',
      publishedAt: new Date(now.getTime() - index * 60_000),
    },
    ...{ listedUntil: far, createdAt: now },
  }))
  await fill(db, 'contentItem', pieces.map(sealed))
  return pieces.filter((piece) => piece.product === 'P0').map((piece) => piece.id)
}

/** Sends of the past, spread over the accounts, each with facts A and K. `from` keeps ids and times apart between calls. */
export async function fillHistory(
  db: Kysely<Database>,
  company: Company,
  contentItemId: string,
  from: number,
  count: number,
): Promise<void> {
  const chunk = 20_000
  for (let start = from; start < from + count; start += chunk) {
    const sends = Array.from({ length: Math.min(chunk, from + count - start) }, (_, offset) => {
      const account = company.accounts[(start + offset) % company.accounts.length]!
      const at = new Date(now.getTime() - 300 * day + Math.floor((start + offset) * 20))
      return { account, id: ulid(at.getTime()), at }
    })
    await fill(
      db,
      'send',
      sends.map(({ account, id, at }) => ({
        ...{
          id,
          requestId: crypto.randomUUID(),
          bodyHash: '0'.repeat(64),
          repId: account.repId,
          externalUserId: account.externalUserId,
        },
        ...{
          accountId: account.id,
          contentItemId,
          documentId: contentItemId,
          class: 'scientific',
          kind: 'news',
          outcome: 'authorised',
        },
        ...{ mediaId: null, messageDigest: '0'.repeat(64), policyVersion: 1, weighed: '{}', decidedAt: at },
      })),
    )
    await fill(
      db,
      'fact',
      sends.flatMap(({ account, id, at }) =>
        ['A', 'K'].map((kind) => ({
          sendId: id,
          kind,
          factId: kind,
          author: account.repId,
          at,
          clientAt: null,
          seenExternalUserId: null,
        })),
      ),
    )
  }
  await sql`analyze table send, fact`.execute(db)
}
