import type { Input, MatchRow, matchOfficeEndpoints, OfficeDoctor, Output } from '@vouch/contract'
import type { MatchReason } from '@vouch/rules'
import type { Kysely } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { readCursor, writeCursor, type Cursor } from '../../cursor.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { mayReview } from './matching-roles.ts'
import { findAlike, findDoctorsOf } from './office-queries.ts'

type Endpoint = typeof matchOfficeEndpoints.listMatches
type Asked = Input<Endpoint>
const pageSize = 20

/** Matches that wait for a second look, oldest first, or were looked at. Looking is recorded: it shows personal data. */
export async function listMatches(deps: Deps, me: Session, asked: Asked): Promise<Output<Endpoint>> {
  const { db } = deps
  const found = await findPage(db, asked.show, readCursor(asked.cursor))
  const page = found.slice(0, pageSize)
  const [doctors, namesakes] = await Promise.all([
    findDoctorsOf(
      db,
      page.map((row) => row.accountId),
    ),
    findAlike(db, page),
  ])
  await transact(db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'matches.viewed', subjectId: me.personId, detail: { shown: page.length, show: asked.show } },
    }),
  )
  const may = { personId: me.personId, act: mayReview(me.roles) }
  const rows = page.flatMap((row) => {
    const doctor = doctors.get(row.accountId)
    return doctor ? [describe(row, { doctor, namesakes, may })] : []
  })
  const last = found.length > pageSize ? page.at(-1) : undefined
  return { rows, next: last ? writeCursor({ at: last.reviewedAt ?? last.proposedAt, id: last.matchId }) : null }
}

async function findPage(db: Kysely<Database>, show: Asked['show'], after: Cursor | undefined) {
  let rows = db
    .selectFrom('contactMatch')
    .innerJoin('account', 'account.id', 'contactMatch.accountId')
    .innerJoin('externalContact', 'externalContact.externalUserId', 'contactMatch.externalUserId')
    .innerJoin('person as rep', 'rep.id', 'contactMatch.proposedBy')
    .leftJoin('contactFollow', (join) =>
      join
        .onRef('contactFollow.externalUserId', '=', 'contactMatch.externalUserId')
        .onRef('contactFollow.repId', '=', 'contactMatch.proposedBy'),
    )
    .leftJoin('person as reviewer', 'reviewer.id', 'contactMatch.reviewedBy')
    .select(['contactMatch.id as matchId', 'contactMatch.life', 'contactMatch.accountId', 'contactMatch.reasons'])
    .select(['contactMatch.strong', 'contactMatch.proposedBy', 'contactMatch.proposedAt', 'contactMatch.reviewedAt'])
    .select(['contactMatch.reviewReason as reason', 'account.name', 'rep.name as rep', 'reviewer.name as reviewedBy'])
    .select(['externalContact.nickname', 'externalContact.company', 'externalContact.kind', 'contactFollow.remark'])
    .select(['contactFollow.remarkCompany', 'contactFollow.beganAt'])
    .limit(pageSize + 1)
  if (show === 'waiting') {
    rows = rows.where('contactMatch.life', '=', 'waiting').orderBy('contactMatch.id')
    return (after ? rows.where('contactMatch.id', '>', after.id) : rows).execute()
  }
  rows = rows
    .where('contactMatch.reviewedAt', 'is not', null)
    .orderBy('contactMatch.reviewedAt', 'desc')
    .orderBy('contactMatch.id', 'desc')
  if (after)
    rows = rows
      .where('contactMatch.reviewedAt', '<=', after.at)
      .where((eb) => eb.or([eb('contactMatch.reviewedAt', '<', after.at), eb('contactMatch.id', '<', after.id)]))
  return rows.execute()
}

type Found = Awaited<ReturnType<typeof findPage>>[number]
type Around = {
  doctor: OfficeDoctor
  namesakes: readonly OfficeDoctor[]
  may: { personId: string; act: boolean }
}

function describe(row: Found, { doctor, namesakes, may }: Around): MatchRow {
  const { matchId, life, nickname, remark, company, remarkCompany, kind, beganAt } = row
  return {
    ...{ matchId, life, doctor, rep: row.rep, proposedAt: row.proposedAt, reason: row.reason },
    contact: {
      ...{ nickname, remark: remark ?? '', member: kind === 'wecom', addedAt: beganAt },
      company: [remarkCompany, company].filter(Boolean).join(' '),
    },
    namesakes: namesakes.filter((other) => other.name === doctor.name && other.accountId !== doctor.accountId),
    reasons: row.reasons.split(',').filter(Boolean) as MatchReason[], // as match-contact.ts wrote them
    strong: Boolean(row.strong),
    ...{ reviewedBy: row.reviewedBy ?? '', reviewedAt: row.reviewedAt },
    maySettle: may.act && life === 'waiting' && row.proposedBy !== may.personId,
  }
}
