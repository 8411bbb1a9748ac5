import type { consentEndpoints, Input, TextPreview } from '@vouch/contract'
import { decideTextStep, type ConsentPurpose } from '@vouch/rules'
import { sql, type Kysely } from 'kysely'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { loadPolicy } from '../../policy/queries.ts'
import { sha256 } from '../../secrets.ts'
import { loadVersion } from './text-queries.ts'
import { readFacts, readText, statementToSign } from './text-step.ts'

type Asked = Input<typeof consentEndpoints.previewText>
const dayMs = 86_400_000
const countedUpTo = 100_000

/** What a signature would stand for, and how many doctors would have to be asked again. */
export async function previewText(deps: Deps, me: Session, asked: Asked): Promise<TextPreview> {
  const { db, now } = deps
  const at = now()
  const activeFrom = asked.activeFrom ? new Date(asked.activeFrom) : null
  const { statement, facts, text } = await transact(db, async (trx) => {
    const read = await readText(trx, await loadVersion(trx, asked.version))
    const step = { action: 'sign' as const, actorId: me.personId, at, activeFrom }
    return { text: read.text, statement: statementToSign(read, activeFrom), facts: await readFacts(trx, read, step) }
  })
  const decision = decideTextStep(facts, at)
  const agreed = await countAgreed(db, text.purpose, at)
  return {
    ...{ statement, statementHash: sha256(statement), agreed, countedUpTo },
    askedAgain: text.material ? agreed : 0,
    refusals: decision.allowed ? [] : decision.refusals,
  }
}

/** Doctors whose newest word is a yes that counts now. */
async function countAgreed(db: Kysely<Database>, purpose: ConsentPurpose, now: Date): Promise<number> {
  const { consentDays } = await loadPolicy(db, now)
  const since = consentDays === null ? new Date(0) : new Date(now.getTime() - consentDays * dayMs)
  const { rows } = await sql<{ agreed: number }>`
    select count(*) as agreed from (
      select 1 from consent said
      where said.purpose = ${purpose} and said.statement = 'opted_in' and said.stated_at > ${since}
        and said.text_version >= coalesce((select max(version) from consent_text
          where purpose = ${purpose} and material = 1 and active_from <= ${now}), 0)
        and not exists (select 1 from undone_consent where consent_id = said.id)
        and not exists (select 1 from account gone where gone.id = said.account_id and gone.merged_into is not null)
        and not exists (select 1 from consent later
          where later.account_id = said.account_id and later.purpose = said.purpose
            and not exists (select 1 from undone_consent where consent_id = later.id)
            and (later.stated_at > said.stated_at or (later.stated_at = said.stated_at and later.id > said.id)))
      limit ${countedUpTo}) some`.execute(db)
  return Number(rows[0]?.agreed ?? 0)
}
