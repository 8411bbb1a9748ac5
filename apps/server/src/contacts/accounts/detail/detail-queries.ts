import type { AccountDetail, AccountMerge, PairReason } from '@vouch/contract'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../../../db/schema.ts'
import { findBriefs, selectBriefs } from '../account-briefs.ts'

const mostShown = 50

export const findAccount = (db: Kysely<Database>, accountId: string) =>
  selectBriefs(db)
    .leftJoin('person as verifier', 'verifier.id', 'account.verifiedBy')
    .leftJoin('account as whole', 'whole.id', 'account.mergedInto')
    .select(['account.post', 'account.campus', 'account.hospitalId', 'account.specialty', 'account.revision'])
    .select(['account.corrected', 'account.verifiedSource', 'account.verifiedAt'])
    .select(['verifier.name as verifier', 'whole.name as mergedIntoDoctor'])
    .where('account.id', '=', accountId)
    .executeTakeFirst()

/** Of all its records; what is in force first. */
export async function findAssignments(
  db: Kysely<Database>,
  accountIds: readonly string[],
  today: string,
): Promise<AccountDetail['assignments']> {
  const rows = await db
    .selectFrom('accountAssignment')
    .leftJoin('person', 'person.id', 'accountAssignment.repId')
    .select(['territory', 'productLine', 'fromDay', 'untilDay', 'person.name as rep'])
    .distinct()
    .where('accountId', 'in', accountIds)
    .limit(mostShown)
    .execute()
  const current = ({ fromDay, untilDay }: (typeof rows)[number]): boolean =>
    (!fromDay || fromDay <= today) && (!untilDay || untilDay >= today)
  return rows
    .map((row) => ({ ...row, rep: row.rep ?? '', current: current(row) }))
    .toSorted((one, other) => Number(other.current) - Number(one.current))
}

/** Contacts in WeCom, those that go on first. */
export async function findRelations(db: Kysely<Database>, accountId: string): Promise<AccountDetail['relations']> {
  const rows = await db
    .selectFrom('externalContact')
    .innerJoin('contactFollow', 'contactFollow.externalUserId', 'externalContact.externalUserId')
    .innerJoin('person', 'person.id', 'contactFollow.repId')
    .select(['externalContact.externalUserId', 'externalContact.nickname', 'person.name as rep'])
    .select(['contactFollow.remark', 'contactFollow.following', 'contactFollow.halfAt'])
    .select(['contactFollow.beganAt', 'contactFollow.endedAt'])
    .where('externalContact.accountId', '=', accountId)
    .orderBy('contactFollow.following', 'desc')
    .limit(mostShown)
    .execute()
  return rows.map(({ halfAt, following, ...row }) => ({
    ...row,
    ...{ following: Boolean(following), half: halfAt !== null },
  }))
}

export async function countSends(db: Kysely<Database>, accountIds: readonly string[]): Promise<number> {
  const row = await db
    .selectFrom('send')
    .select((eb) => eb.fn.countAll().as('counted'))
    .where('accountId', 'in', accountIds)
    .where('outcome', '=', 'authorised')
    .executeTakeFirstOrThrow()
  return Number(row.counted)
}

/** Accounts that may be the same doctor and that nobody has looked at, the likeliest first. */
export async function findDuplicates(db: Kysely<Database>, accountId: string): Promise<AccountDetail['duplicates']> {
  const open = db
    .selectFrom('accountPair')
    .select(['oneId', 'otherId', 'reasons', 'points'])
    .where('settled', 'is', null)
  const pairs = [
    ...(await open.where('oneId', '=', accountId).limit(mostShown).execute()),
    ...(await open.where('otherId', '=', accountId).limit(mostShown).execute()),
  ].map(({ oneId, otherId, ...pair }) => ({ ...pair, id: oneId === accountId ? otherId : oneId }))
  const briefs = await findBriefs(
    db,
    pairs.map((pair) => pair.id),
  )
  return pairs
    .toSorted((one, other) => other.points - one.points)
    .flatMap(({ id, reasons, points }) => {
      const brief = briefs.get(id)
      return brief ? [{ ...brief, points, reasons: reasons.split(',') as PairReason[] }] : [] // as weighPair wrote them
    })
}

/** Merges this account took part in, newest first; only the last one that holds can be undone at once. */
export async function findMerges(db: Kysely<Database>, accountId: string, mayWrite: boolean): Promise<AccountMerge[]> {
  const rows = await db
    .selectFrom('accountMerge')
    .innerJoin('account as survivor', 'survivor.id', 'accountMerge.survivorId')
    .innerJoin('account as merged', 'merged.id', 'accountMerge.mergedId')
    .leftJoin('person as by', 'by.id', 'accountMerge.mergedBy')
    .leftJoin('person as undone', 'undone.id', 'accountMerge.undoneBy')
    .select(['accountMerge.id as mergeId', 'survivorId', 'mergedId', 'accountMerge.reason', 'mergedAt', 'undoneAt'])
    .select(['undoReason', 'survivor.name as survivorName', 'merged.name as mergedName', 'merged.mergedInto'])
    .select(['by.name as byName', 'undone.name as undoneName'])
    .where((eb) => eb.or([eb('survivorId', '=', accountId), eb('mergedId', '=', accountId)]))
    .orderBy('accountMerge.id', 'desc')
    .limit(mostShown)
    .execute()
  return rows.map(({ survivorName, mergedName, mergedInto, byName, undoneName, mergedAt, ...row }) => ({
    ...row,
    doctor: row.survivorId === accountId ? mergedName : survivorName,
    ...{ by: byName ?? '', at: mergedAt, undoneBy: undoneName ?? '' },
    mayUndo: mayWrite && row.undoneAt === null && mergedInto === row.survivorId,
  }))
}

const told = [
  ...(['account.added_by_list', 'account.changed_by_list', 'account.corrected', 'account.verified'] as const),
  ...(['account.unverified', 'account.merged', 'account.merge_undone', 'account.merge_refused'] as const),
  ...(['account.created', 'account.changed', 'contact.matched', 'contact.unmatched', 'wish.changed'] as const),
]

/** What happened to this account, newest first; who looked is found in the audit trail. */
export async function findTrail(db: Kysely<Database>, accountId: string): Promise<AccountDetail['trail']> {
  const rows = await db
    .selectFrom('auditEntry')
    .leftJoin('person', 'person.id', 'auditEntry.actorId')
    .select(['auditEntry.at', 'auditEntry.event', 'auditEntry.reason', 'auditEntry.actorKind'])
    .select(sql<string | null>`person.name`.as('actor'))
    .where('auditEntry.accountId', '=', accountId)
    .where('auditEntry.event', 'in', told)
    .orderBy('auditEntry.id', 'desc')
    .limit(mostShown)
    .execute()
  return rows.map(({ actor, actorKind, ...row }) => ({ ...row, actor: actor ?? actorKind }))
}

export async function findChoices(db: Kysely<Database>) {
  const [specialties, territories] = await Promise.all([
    db.selectFrom('specialty').select(['code', 'name', 'nameEn']).orderBy('code').execute(),
    db.selectFrom('territory').select(['code', 'name', 'nameEn']).orderBy('code').execute(),
  ])
  return { specialties, territories }
}
