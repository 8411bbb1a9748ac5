import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import type { ListRun } from '../../list-imports.ts'
import { sha256 } from '../../secrets.ts'
import { activeVersion, findTextHeads } from '../consent-queries.ts'
import { stateConsents } from '../state-consents.ts'
import { readConsentRow, type ConsentListRow, type ConsentRowFault, type ConsentValues } from './consent-columns.ts'

export type TakenRow = { outcome: 'new' | 'unchanged' | 'claimed' } | ({ outcome: 'failed' } & ConsentRowFault)

const dayMs = 86_400_000

/**
 * One row of earlier consents. With evidence it is a statement, given by who brought it in and who released it; a yes
 * without is a claim and never a statement, a no counts as it stands. The same row again, in whatever list, is the same.
 */
export async function takeConsentRow(deps: Deps, run: ListRun, row: ConsentListRow): Promise<TakenRow> {
  const values = readConsentRow(row)
  if ('problem' in values) return { outcome: 'failed', ...values }
  const fault = await findFault(deps, values)
  if (fault) return { outcome: 'failed', ...fault }
  const requestId = requestOf(values)
  if (values.statement === 'opted_in' && values.evidence === '') return claim(deps, run, values, requestId)
  if (await isStated(deps.db, requestId)) return { outcome: 'unchanged' }
  if (run.stage === 'checking') return { outcome: 'new' }
  const { refused } = await stateConsents(
    deps,
    { kind: 'admin', id: run.releasedBy ?? '' },
    {
      ...{ accountId: values.accountId, requestId, language: values.language, statedAt: values.statedAt },
      ...{ channel: 'import', identity: 'earlier_system' },
      evidence: {
        ...{ runId: run.id, row: row.line, enteredBy: run.personId },
        ...(run.releasedBy ? { confirmedBy: run.releasedBy } : {}),
        ...(values.evidence ? { source: values.evidence } : {}),
      },
      statements: [
        { purpose: values.purpose, statement: values.statement, textVersion: await versionOf(deps.db, values) },
      ],
    },
  )
  const [why] = refused.flatMap((one) => one.refusals)
  return why ? { outcome: 'failed', field: '', problem: why.reason } : { outcome: 'new' }
}

/** What can be said before it is written: no such doctor, a day to come, a text that was not asked with. */
async function findFault(deps: Deps, values: ConsentValues): Promise<ConsentRowFault | undefined> {
  const { db, now } = deps
  const account = await db.selectFrom('account').select('id').where('id', '=', values.accountId).executeTakeFirst()
  if (!account) return { field: 'account_id', problem: 'account_unknown' }
  if (values.statedAt > now()) return { field: 'stated_on', problem: 'stated_in_future' }
  if (values.statement !== 'opted_in' || values.evidence === '') return undefined
  const texts = await findTextHeads(db)
  const version = await versionOf(db, values)
  const known = texts.some((text) => text.purpose === values.purpose && text.version === version)
  return known ? undefined : { field: 'text_version', problem: 'text_not_active' }
}

/** The version the row names, else the one that was in force at the end of its day. */
async function versionOf(db: Kysely<Database>, { textVersion, purpose, statedAt }: ConsentValues): Promise<number> {
  if (textVersion !== null) return textVersion
  return activeVersion(await findTextHeads(db), purpose, new Date(statedAt.getTime() + dayMs - 1))
}

/** Made of what the row says, so that it is known again. */
const requestOf = ({ accountId, purpose, statement, statedAt, textVersion }: ConsentValues): string =>
  `row-${sha256(JSON.stringify([accountId, purpose, statement, statedAt, textVersion])).slice(0, 32)}`

async function isStated(db: Kysely<Database>, requestId: string): Promise<boolean> {
  const found = await db.selectFrom('consent').select('id').where('requestId', '=', requestId).executeTakeFirst()
  return found !== undefined
}

async function claim({ db, now }: Deps, run: ListRun, values: ConsentValues, rowHash: string): Promise<TakenRow> {
  const { accountId, purpose, statement, statedAt, evidence } = values
  const hash = sha256(rowHash)
  const known = await db
    .selectFrom('consentClaim')
    .select('rowHash')
    .where('accountId', '=', accountId)
    .where('purpose', '=', purpose)
    .where('rowHash', '=', hash)
    .executeTakeFirst()
  if (known) return { outcome: 'unchanged' }
  if (run.stage === 'checking') return { outcome: 'claimed' }
  await db
    .insertInto('consentClaim')
    .ignore()
    .values({
      ...{ accountId, purpose, rowHash: hash, claimed: statement, statedAt, source: evidence },
      ...{ runId: run.id, broughtInAt: now() },
    })
    .execute()
  return { outcome: 'claimed' }
}
