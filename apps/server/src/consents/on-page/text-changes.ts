import type { AskedPurpose } from '@vouch/hcp/render'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'

type Words = { summary: string[]; body: string }

/** The words of a version, in that language or in Chinese. */
export async function findTextWords(
  db: Kysely<Database>,
  version: number,
  language: string,
): Promise<Words | undefined> {
  const rows = await db
    .selectFrom('consentText')
    .select(['language', 'summary', 'body'])
    .where('version', '=', version)
    .execute()
  const row = rows.find((one) => one.language === language) ?? rows.find((one) => one.language === 'zh-CN') ?? rows[0]
  return row && { summary: row.summary.split('\n').filter(Boolean), body: row.body }
}

/** Lines that are new and lines that are gone; a reworded line is both. */
export function diffTexts(old: Words, now: Words): NonNullable<AskedPurpose['changes']> {
  const [before, after] = [linesOf(old), linesOf(now)]
  return {
    added: after.filter((line) => !before.includes(line)),
    removed: before.filter((line) => !after.includes(line)),
  }
}

const linesOf = ({ summary, body }: Words): string[] =>
  [...summary, ...body.split('\n')].map((line) => line.replace(/^(#+|[-*])\s+/, '').trim()).filter(Boolean)
