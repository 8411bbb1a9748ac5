import { safetyClock, type SafetyRule } from '@vouch/rules'
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Cursor } from '../../cursor.ts'

const rowColumns = [
  ...(['safetyReport.id as reportId', 'safetyReport.receipt', 'safetyReport.awareAt'] as const),
  ...(['safetyReport.seriousness', 'safetyReport.product', 'owner.name as owner'] as const),
  ...(['safetyTask.viewedAt', 'safetyTask.acknowledgedAt'] as const),
] as const

/** Rows of the list: what is open oldest first, everything newest first. One statement along an index. */
export function findReports(
  db: Kysely<Database>,
  { show, after, most }: { show: 'open' | 'all'; after: Cursor | undefined; most: number },
) {
  const [order, beyond] = show === 'open' ? (['asc', '>'] as const) : (['desc', '<'] as const)
  let rows = db
    .selectFrom('safetyTask')
    .innerJoin('safetyReport', 'safetyReport.id', 'safetyTask.reportId')
    .leftJoin('person as owner', 'owner.id', 'safetyTask.ownerId')
    .select(rowColumns)
    .orderBy('safetyTask.awareAt', order)
    .orderBy('safetyTask.reportId', order)
    .limit(most)
  if (show === 'open') rows = rows.where('safetyTask.acknowledgedAt', 'is', null)
  if (!after) return rows.execute()
  return rows
    .where((eb) =>
      eb.or([
        eb('safetyTask.awareAt', beyond, after.at),
        eb.and([eb('safetyTask.awareAt', '=', after.at), eb('safetyTask.reportId', beyond, after.id)]),
      ]),
    )
    .execute()
}

type Row = Awaited<ReturnType<typeof findReports>>[number]

export function withClock(row: Row, rule: SafetyRule) {
  const { acknowledgeBy, reportBy } = safetyClock(row, rule)
  const { reportId, receipt, awareAt, seriousness, product, owner, viewedAt, acknowledgedAt } = row
  return {
    ...{ reportId, receipt, awareAt, seriousness, product, owner, viewedAt, acknowledgedAt },
    ...{ acknowledgeBy, reportBy },
  }
}

/** A report with everything that is shown of it. */
export function findReport(db: Kysely<Database>, reportId: string) {
  return db
    .selectFrom('safetyReport')
    .innerJoin('safetyTask', 'safetyTask.reportId', 'safetyReport.id')
    .leftJoin('person as owner', 'owner.id', 'safetyTask.ownerId')
    .leftJoin('account', 'account.id', 'safetyReport.accountId')
    .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
    .leftJoin('contentItem', 'contentItem.id', 'safetyReport.contentItemId')
    .leftJoin('send', 'send.id', 'safetyReport.sendId')
    .leftJoin('person as rep', 'rep.id', 'send.repId')
    .select([...rowColumns, 'safetyTask.ownerId'])
    .select(['safetyReport.happened', 'safetyReport.occurred', 'safetyReport.contact', 'safetyReport.language'])
    .select(['safetyReport.identity', 'safetyReport.accountId', 'account.name as reporterName', 'account.department'])
    .select(['hospital.name as hospitalName', 'contentItem.id as contentItemId', 'contentItem.title'])
    .select(['contentItem.version', 'rep.name as rep'])
    .where('safetyReport.id', '=', reportId)
    .executeTakeFirst()
}

export function findSteps(db: Kysely<Database>, reportId: string) {
  return db
    .selectFrom('safetyStep')
    .leftJoin('person as by', 'by.id', 'safetyStep.personId')
    .leftJoin('person as to', 'to.id', 'safetyStep.toPerson')
    .select(['safetyStep.step', 'safetyStep.at', 'by.name as by', 'to.name as to', 'safetyStep.reason'])
    .where('safetyStep.reportId', '=', reportId)
    .orderBy('safetyStep.id')
    .execute()
}

/** The rule in force, and who the company chose. */
export async function findSafetyRule(db: Kysely<Database>): Promise<SafetyRule & { ownerId: string | null }> {
  const row = await db
    .selectFrom('company')
    .select(['safetyOwnerId', 'safetySeriousDays', 'safetyOtherDays'])
    .where('id', '=', 1)
    .executeTakeFirst()
  return {
    ownerId: row?.safetyOwnerId ?? null,
    seriousDays: row?.safetySeriousDays ?? 15,
    otherDays: row?.safetyOtherDays ?? 30,
  }
}

/** Locks a report's task: whoever decides about it does so in turn. */
export async function lockTask(trx: Transaction<Database>, reportId: string) {
  return trx
    .selectFrom('safetyTask')
    .select(['reportId as id', 'awareAt', 'ownerId', 'viewedAt', 'acknowledgedAt', 'nextAt'])
    .select([
      sql<string>`(select receipt from safety_report r where r.id = safety_task.report_id)`.as('receipt'),
      sql<string | null>`(select account_id from safety_report r where r.id = safety_task.report_id)`.as('accountId'),
    ])
    .where('reportId', '=', reportId)
    .forUpdate()
    .executeTakeFirst()
}
