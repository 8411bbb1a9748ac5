import { countTowardsCap, startOfShanghaiMonth, verdict, type PastSend, type Verdict } from '@vouch/rules'
import { sql, type Kysely } from 'kysely'
import { expect } from 'vitest'
import type { Database } from '../src/db/schema.ts'

/** Everything a send can be called, in the columns of an honest report (assurance.md 2.4 rule 11). */
const columns: Record<Exclude<Verdict, 'NONE' | 'OFF_SYSTEM'>, string> = {
  SENT_PROVEN: 'proven',
  SENT_RECALLED: 'proven',
  SENT_ADJUDICATED: 'proven',
  SENT_OPENED: 'opened',
  SENT_CLIENT: 'client only',
  UNKNOWN: 'unknown',
  UNKNOWN_ATTESTED_SENT: 'unknown',
  UNKNOWN_ATTESTED_NOT: 'unknown',
  CONFLICT: 'exception',
  SENT_DISPUTED: 'exception',
  NOT_SENT_PROVEN: 'not sent',
  NOT_SENT_ADJUDICATED: 'not sent',
  CANCELLED: 'not sent',
  FAILED: 'not sent',
  OPEN: 'open',
}

/**
 * What must hold whatever happened before (assurance.md 2.4): I1 every authorised send stands in exactly one column, I3
 * none after a withdrawal, recall or leave, I4 the cap equals what the verdicts count, I7 one send a request, I8 the
 * verdict comes from the facts alone, I10 everything has an author. And no half send: a send, its fact A and its audit
 * entry exist together or not at all.
 */
export async function expectInvariants(db: Kysely<Database>): Promise<void> {
  const { sends, facts, audits, policy } = await readAll(db)
  const authorised = sends.filter((send) => send.outcome === 'authorised')
  const kindsOf = (sendId: string) => facts.filter((fact) => fact.sendId === sendId).map((fact) => fact.kind)

  const sums = new Map<string, number>()
  for (const { id } of authorised) {
    const status = verdict(kindsOf(id))
    const column = status === 'NONE' || status === 'OFF_SYSTEM' ? 'none' : columns[status]
    sums.set(column, (sums.get(column) ?? 0) + 1)
    const shuffled = verdict([...kindsOf(id), ...kindsOf(id)].reverse())
    expect(shuffled, 'I8: order and repetition of facts weigh nothing').toBe(status)
  }
  expect(sums.get('none'), 'I1: an authorised send without fact A').toBeUndefined()
  expect(
    [...sums.values()].reduce((sum, count) => sum + count, 0),
    'I1',
  ).toBe(authorised.length)
  expect(facts.filter((fact) => fact.kind === 'A').length, 'I1: facts A').toBe(authorised.length)

  const decided = new Map(sends.map((send) => [send.id, send.outcome]))
  expect(
    facts.filter((fact) => decided.get(fact.sendId) !== 'authorised'),
    'facts of no authorised send',
  ).toEqual([])
  const told = audits.map((audit) => `${audit.subjectId} ${audit.event}`).toSorted()
  expect(told, 'one audit entry a send').toEqual(sends.map((send) => `${send.id} send.${send.outcome}`).toSorted())

  const requests = sends.map((send) => `${send.repId} ${send.requestId}`)
  expect(new Set(requests).size, 'I7').toBe(requests.length)
  expect([...facts.map((fact) => fact.author), ...audits.map((audit) => audit.actorId)], 'I10').not.toContain('')

  expect(await findForbidden(db), 'I3').toEqual([])
  for (const accountId of new Set(authorised.map((send) => send.accountId ?? ''))) {
    const theirs = authorised.filter((send) => send.accountId === accountId)
    const past: PastSend[] = theirs.map((send) => ({
      ...send,
      sendId: send.id,
      authorisedAt: send.decidedAt,
      facts: kindsOf(send.id),
    }))
    for (const month of new Set(theirs.map((send) => startOfShanghaiMonth(send.decidedAt).getTime())))
      expect(countTowardsCap(past, new Date(month)), 'I4').toBeLessThanOrEqual(policy.sendsPerMonth)
  }
}

async function readAll(db: Kysely<Database>) {
  const [sends, facts, audits, policy] = await Promise.all([
    db
      .selectFrom('send')
      .select([
        'id',
        'requestId',
        'repId',
        'externalUserId',
        'accountId',
        'documentId',
        'class',
        'outcome',
        'decidedAt',
      ])
      .execute(),
    db.selectFrom('fact').select(['sendId', 'kind', 'author']).execute(),
    db
      .selectFrom('auditEntry')
      .select(['subjectId', 'event', 'actorId'])
      .where('event', 'in', ['send.authorised', 'send.refused'])
      .execute(),
    db.selectFrom('policy').select('sendsPerMonth').orderBy('version', 'desc').executeTakeFirstOrThrow(),
  ])
  return { sends, facts, audits, policy }
}

/** Authorised sends decided after the doctor withdrew, the piece ended or the rep left. */
async function findForbidden(db: Kysely<Database>): Promise<string[]> {
  const rows = await db
    .selectFrom('send')
    .innerJoin('person', 'person.id', 'send.repId')
    .innerJoin('contentItem', 'contentItem.id', 'send.contentItemId')
    .select('send.id')
    .where('send.outcome', '=', 'authorised')
    .where(
      sql<boolean>`(person.left_at < send.decided_at
        or (content_item.state = 'withdrawn' and content_item.ended_at < send.decided_at)
        or (send.class <> 'consent' and coalesce((
          select statement from consent
          where consent.account_id = send.account_id and purpose = 'receive' and recorded_at < send.decided_at
          order by stated_at desc, id desc limit 1), 'never') <> 'opted_in'))`,
    )
    .execute()
  return rows.map((row) => row.id)
}
