import { consentPurposes, type ConsentPurpose } from '@vouch/rules'
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'

export type ConsentAsk = {
  purposes: {
    purpose: ConsentPurpose
    version: number
    hash: string
    /** The one its words are in: Chinese when the text is not there in the language asked for. */
    language: string
    title: string
    /** What is seen on one screen. */
    summary: string[]
    body: string
    /** Nothing else hangs on the answer: the pages stay readable without it. */
    optional: boolean
  }[]
}

const fallback = 'zh-CN'

/** What an HCP is asked now: the text in force of each purpose that has one, each by itself. */
export async function loadConsentAsk(
  db: Kysely<Database>,
  { language, now }: { language: string; now: Date },
): Promise<ConsentAsk> {
  const rows = await db
    .selectFrom('consentText')
    .innerJoin(
      (eb) =>
        eb
          .selectFrom('consentText as newer')
          .select((e) => ['newer.purpose', e.fn.max('newer.version').as('version')])
          .where('newer.activeFrom', '<=', now)
          .groupBy('newer.purpose')
          .as('active'),
      (join) => join.onRef('active.version', '=', 'consentText.version'),
    )
    .select(['consentText.purpose', 'consentText.version', 'hash', 'language', 'title', 'summary', 'body'])
    .execute()
  const purposes = consentPurposes.flatMap((purpose) => {
    const ofThis = rows.filter((row) => row.purpose === purpose)
    const shown =
      [language, fallback].flatMap((wanted) => ofThis.filter((row) => row.language === wanted))[0] ?? ofThis[0]
    return shown
      ? [{ ...shown, summary: shown.summary.split('\n').filter(Boolean), optional: purpose !== 'receive' }]
      : []
  })
  return { purposes }
}
