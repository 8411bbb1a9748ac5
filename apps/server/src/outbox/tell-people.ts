import type { Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { addNotices, type Notice } from './add-notices.ts'

/** A notice in both languages: its title and its text in each. */
export type Words = Pick<Notice, 'kind' | 'subjectId' | 'path'> & {
  zh: readonly [string, string]
  en: readonly [string, string]
}

/** Tells each of these people the same, once. */
export function tellPeople(
  trx: Transaction<Database>,
  { newId }: Pick<Deps, 'newId'>,
  at: Date,
  { to, zh, en, ...about }: Words & { to: readonly string[] },
): Promise<void> {
  const said = { ...about, title: `${zh[0]} ${en[0]}`, text: `${zh[1]}\n${en[1]}` }
  const notices = [...new Set(to)].map((toPerson) => ({ ...said, toPerson }))
  return addNotices(trx, newId, at, notices)
}
