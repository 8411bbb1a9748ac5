import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { AppError } from '../../errors.ts'
import type { ContactWords } from './candidate-queries.ts'

/** What a rep has of a contact to go by. `contact_not_found` when they never followed them. */
export async function loadContactWords(
  db: Kysely<Database>,
  repId: string,
  externalUserId: string,
): Promise<ContactWords> {
  const row = await db
    .selectFrom('contactFollow')
    .innerJoin('externalContact', 'externalContact.externalUserId', 'contactFollow.externalUserId')
    .select(['externalContact.nickname', 'externalContact.company', 'externalContact.kind'])
    .select(['externalContact.unionId', 'contactFollow.remark', 'contactFollow.remarkCompany'])
    .where('contactFollow.repId', '=', repId)
    .where('contactFollow.externalUserId', '=', externalUserId)
    .executeTakeFirst()
  if (!row) throw new AppError('contact_not_found')
  return asContactWords({ ...row, externalUserId })
}

export type WordsRow = Omit<ContactWords, 'remark'> & { remark: string | null; remarkCompany: string | null }

/** Where they work is what the rep noted and what their company says. */
export function asContactWords({ externalUserId, nickname, remark, remarkCompany, company, kind, unionId }: WordsRow) {
  const works = [remarkCompany, company].filter(Boolean).join(' ')
  return { externalUserId, nickname, remark: remark ?? '', company: works, kind, unionId } satisfies ContactWords
}

/** A contact nobody is asked about: accounts are weighed by their names alone. */
export const nobody: ContactWords = {
  ...{ externalUserId: '', nickname: '', remark: '', company: '', kind: 'wechat', unionId: null },
}
