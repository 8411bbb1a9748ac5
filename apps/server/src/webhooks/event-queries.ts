import type { WebhookKind } from '@vouch/contract'
import type { FactKind } from '@vouch/rules'
import { sql, type Kysely } from 'kysely'
import { encodeTime } from 'ulid'
import type { Database } from '../db/schema.ts'

/** Something that was recorded, as other systems are told it: ids, versions and outcomes, no name and no word that was said. */
export type Event = {
  eventId: string
  kind: WebhookKind
  subjectId: string
  at: Date
  data: Record<string, string | number | null>
}

const atOnce = 500

/** What each fact amounts to for somebody outside; a fact that is not here is of no concern there. */
const results: Partial<Record<FactKind, readonly [WebhookKind, string]>> = {
  K: ['send.recorded', 'client_ok'],
  T: ['send.recorded', 'unknown'],
  M: ['send.recorded', 'proven'],
  V: ['send.recorded', 'recalled'],
  'R+': ['send.recorded', 'attested_sent'],
  'X+': ['send.recorded', 'adjudicated_sent'],
  C: ['send.failed', 'cancelled'],
  F: ['send.failed', 'failed'],
  N: ['send.failed', 'proven_absent'],
  'R-': ['send.failed', 'attested_not_sent'],
  'X-': ['send.failed', 'adjudicated_not_sent'],
  O: ['content.opened', 'opened'],
}
const told = Object.keys(results) as FactKind[] // its own keys

/** Facts of sends recorded from a moment on, page after page. */
export async function* factsFrom(db: Kysely<Database>, from: Date): AsyncGenerator<Event[]> {
  for (let after: FactKey = { at: from, sendId: '', fact: '', factId: '' }; ;) {
    const rows = await findFacts(db, after)
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(({ sendId, fact, factId, at, ...send }) => {
      const [kind, result] = results[fact]! // asked for by these keys
      return {
        ...{ eventId: `send-${sendId}-${fact}-${factId}`.replaceAll(/[^\w-]/g, '_'), kind, subjectId: sendId, at },
        data: { sendId, result, ...send },
      }
    })
    if (rows.length < atOnce) return
    after = last
  }
}

type FactKey = { at: Date; sendId: string; fact: string; factId: string }

const findFacts = (db: Kysely<Database>, after: FactKey) =>
  db
    .selectFrom('fact')
    .innerJoin('send', 'send.id', 'fact.sendId')
    .leftJoin('contentItem', 'contentItem.id', 'send.contentItemId')
    .leftJoin('account', 'account.id', 'send.accountId')
    .leftJoin('person', 'person.id', 'send.repId')
    .select(['fact.sendId', 'fact.kind as fact', 'fact.factId', 'fact.at'])
    .select(['send.contentItemId', 'send.documentId', 'contentItem.version', 'contentItem.product'])
    .select(['person.wecomUserId as repCode', 'send.accountId', 'account.externalId as hcpCode', 'account.territory'])
    .where('fact.at', '>=', after.at)
    .where('fact.kind', 'in', told)
    .where((eb) =>
      eb.or([
        eb('fact.at', '>', after.at),
        sql<boolean>`(fact.send_id, fact.kind, fact.fact_id) > (${after.sendId}, ${after.fact}, ${after.factId})`,
      ]),
    )
    .orderBy('fact.at')
    .orderBy('fact.sendId')
    .orderBy('fact.kind')
    .orderBy('fact.factId')
    .limit(atOnce)
    .execute()

/** Ids begin with their time: the lowest of a moment. */
const idFrom = (at: Date): string => encodeTime(Math.max(0, at.getTime()), 10)

/** What doctors said, from when it was recorded on. */
export async function* consentsFrom(db: Kysely<Database>, from: Date): AsyncGenerator<Event[]> {
  for (let after = idFrom(from); ;) {
    const rows = await db
      .selectFrom('consent')
      .leftJoin('account', 'account.id', 'consent.accountId')
      .select(['consent.id', 'consent.recordedAt', 'consent.purpose', 'consent.statement', 'consent.textVersion'])
      .select(['consent.channel', 'consent.statedAt', 'consent.accountId', 'account.externalId as hcpCode'])
      .select('account.territory')
      .where('consent.id', '>', after)
      .where('consent.recordedAt', '>=', from)
      .orderBy('consent.id')
      .limit(atOnce)
      .execute()
    yield rows.map(({ id, recordedAt, statement, statedAt, ...said }) => ({
      ...{ eventId: `consent-${id}`, kind: 'consent.changed', subjectId: id, at: recordedAt },
      data: { consentId: id, result: statement, statedAt: statedAt.toISOString(), ...said },
    }))
    if (rows.length < atOnce) return
    after = rows.at(-1)!.id
  }
}

/** Pieces taken back and contacts that became a doctor's record, as the audit trail has them. */
export async function* entriesFrom(db: Kysely<Database>, from: Date): AsyncGenerator<Event[]> {
  for (const event of ['content.withdrawn', 'contact.matched'] as const) {
    for (let after = idFrom(from); ;) {
      const rows = await findEntries(db, event, { after, from })
      yield rows.map(event === 'content.withdrawn' ? asWithdrawal : asLink)
      if (rows.length < atOnce) break
      after = rows.at(-1)!.id
    }
  }
}

type EntryRow = Awaited<ReturnType<typeof findEntries>>[number]

const asWithdrawal = ({ id, at, subjectId, documentId, version, product }: EntryRow): Event => ({
  ...{ eventId: `content-${id}`, kind: 'content.withdrawn', subjectId, at },
  data: { contentItemId: subjectId, documentId, version, product, result: 'withdrawn' },
})

/** The contact stays out of it: by its id WeCom knows a private person. */
const asLink = ({ id, at, accountId, hcpCode, territory }: EntryRow): Event => ({
  ...{ eventId: `hcp-${id}`, kind: 'hcp.linked', subjectId: accountId ?? id, at },
  data: { accountId, hcpCode, territory, result: 'linked' },
})

const findEntries = (db: Kysely<Database>, event: string, { after, from }: { after: string; from: Date }) =>
  db
    .selectFrom('auditEntry')
    .leftJoin('contentItem', 'contentItem.id', 'auditEntry.subjectId')
    .leftJoin('account', 'account.id', 'auditEntry.accountId')
    .select(['auditEntry.id', 'auditEntry.at', 'auditEntry.subjectId', 'auditEntry.accountId'])
    .select(['contentItem.documentId', 'contentItem.version', 'contentItem.product'])
    .select(['account.externalId as hcpCode', 'account.territory'])
    .where('auditEntry.event', '=', event)
    .where('auditEntry.id', '>', after)
    .where('auditEntry.at', '>=', from)
    .orderBy('auditEntry.id')
    .limit(atOnce)
    .execute()
