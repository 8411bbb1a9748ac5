import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { WelcomeLanguage, WelcomeNames } from './welcome-words.ts'
import { firstWords } from './welcome-words.ts'

/** The company's words in force, with the version they are; 0 are the ones it began with. */
export async function findCompanyWords(db: Kysely<Database>) {
  const row = await db
    .selectFrom('welcomeText')
    .select(['version', 'wordingZh', 'wordingEn', 'changedAt'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? { version: 0, wordingZh: firstWords['zh-CN'], wordingEn: firstWords['en-US'], changedAt: null }
}

/** Who asked for this version and who approved it; empty where there was nobody. */
export async function findAuthors(db: Kysely<Database>, version: number) {
  const row = await db
    .selectFrom('welcomeText')
    .leftJoin('person as changer', 'changer.id', 'welcomeText.changedBy')
    .leftJoin('person as approver', 'approver.id', 'welcomeText.approvedBy')
    .select(['changer.name as changedBy', 'approver.name as approvedBy'])
    .where('version', '=', version)
    .executeTakeFirst()
  return { changedBy: row?.changedBy ?? '', approvedBy: row?.approvedBy ?? '' }
}

/** The code somebody scanned; whatever else a `state` says, it is none of ours. */
export function findScannedCode(db: Kysely<Database>, scanState: string) {
  if (!/^[0-9A-Z]{26}$/.test(scanState)) return undefined
  return db
    .selectFrom('contactCode')
    .select(['id', 'language', 'wording'])
    .where('id', '=', scanState)
    .executeTakeFirst()
}

export async function findNames(db: Kysely<Database>, rep: string, language: WelcomeLanguage): Promise<WelcomeNames> {
  const company = await db.selectFrom('company').select(['name', 'nameEn']).where('id', '=', 1).executeTakeFirst()
  return { rep, company: (language === 'en-US' ? company?.nameEn : company?.name) || (company?.name ?? '') }
}

/** Whoever has the code was said hello to by this rep a moment ago, for another message of WeCom about the same tap. */
export async function wasJustWelcomed(
  db: Kysely<Database>,
  about: { repId: string; externalUserId: string; since: Date },
): Promise<boolean> {
  const row = await db
    .selectFrom('welcome')
    .select('codeHash')
    .where('externalUserId', '=', about.externalUserId)
    .where('beganAt', '>=', about.since)
    .where('repId', '=', about.repId)
    .where('life', 'in', ['sent', 'unknown'])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
