import type { ConsentDoctor } from '@vouch/contract'
import type { Kysely } from 'kysely'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { doctorsOf } from '../merged-records.ts'
import { scopeOf } from '../people/scope.ts'
import type { Session } from '../people/sessions.ts'
import { readEvidence, type ConsentEvidence } from './consent-evidence.ts'
import { mayAct } from './consent-roles.ts'
import { findInFlightAt } from './in-flight.ts'
import { loadStanding, type ConsentHistoryRow } from './load-standing.ts'

/**
 * One doctor for the office: where they stand on each purpose, everything they said with its evidence, and for each
 * withdrawal what was under way. Looking is recorded.
 */
export async function lookAtConsents(deps: Deps, me: Session, accountId: string): Promise<ConsentDoctor> {
  const { db, now } = deps
  const at = now()
  const account = await findDoctor(db, accountId, await scopeOf(deps, me))
  if (!account) throw new AppError('account_not_found')
  const standings = await loadStanding(db, accountId, at)
  const rows = standings.flatMap((one) => one.history)
  const [names, inFlight, claims] = await Promise.all([
    findNames(db, rows),
    findInFlightAt(
      db,
      accountId,
      standings.filter((one) => one.purpose === 'receive').flatMap((one) => one.history.filter(isNo)),
    ),
    findClaims(db, accountId),
  ])
  await transact(db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'consents.viewed', subjectId: accountId, accountId, detail: { shown: rows.length } },
    }),
  )
  return {
    ...account,
    mayWithdraw: mayAct(me.roles)
      ? standings.filter(({ history }) => history[0]?.statement === 'opted_in').map(({ purpose }) => purpose)
      : [],
    purposes: standings.map(({ purpose, standing, activeVersion, history }) => ({
      ...{ purpose, standing: standing.state, since: standing.since, until: standing.until, activeVersion },
      history: history.map((row) => ({
        ...shown(row),
        ...{ evidence: evidenceOf(row, names), paperId: readEvidence(row.evidence).paperId ?? null },
        inFlight: inFlight.get(row.id) ?? [],
      })),
    })),
    claims,
  }
}

const isNo = ({ statement }: ConsentHistoryRow): boolean => statement !== 'opted_in'

const shown = ({ id, statement, textVersion, textHash, language, channel, identity, ...row }: ConsentHistoryRow) => ({
  ...{ consentId: id, statement, textVersion, textHash, language, channel, identity },
  ...{ statedAt: row.statedAt, recordedAt: row.recordedAt },
})

/** A doctor of another territory and one who does not exist are the same. */
async function findDoctor(db: Kysely<Database>, accountId: string, own: readonly string[] | null) {
  let rows = db
    .selectFrom('account')
    .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
    .select(['account.id as accountId', 'account.name as doctor', 'account.title', 'hospital.name as hospital'])
    .where('account.id', '=', accountId)
  if (own) rows = rows.where('account.id', 'in', doctorsOf(db, own))
  const found = await rows.executeTakeFirst()
  return found && { ...found, hospital: found.hospital ?? '' }
}

/** Evidence names people by id: shown are their names. */
const people = ['repId', 'enteredBy', 'confirmedBy'] as const

function evidenceOf({ evidence }: ConsentHistoryRow, names: ReadonlyMap<string, string>) {
  return Object.entries(readEvidence(evidence)).map(([name, value]) => {
    const text = String(value)
    return { name, value: people.some((known) => known === name) ? (names.get(text) ?? text) : text }
  })
}

async function findNames(db: Kysely<Database>, rows: readonly ConsentHistoryRow[]): Promise<Map<string, string>> {
  const ids = new Set(
    rows.flatMap(({ evidence }) => {
      const read: ConsentEvidence = readEvidence(evidence)
      return people.flatMap((name) => read[name] ?? [])
    }),
  )
  if (ids.size === 0) return new Map()
  const found = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(found.map((person) => [person.id, person.name]))
}

const findClaims = (db: Kysely<Database>, accountId: string) =>
  db
    .selectFrom('consentClaim')
    .select(['purpose', 'claimed', 'statedAt', 'broughtInAt'])
    .where('accountId', '=', accountId)
    .orderBy('broughtInAt', 'desc')
    .limit(50)
    .execute()
