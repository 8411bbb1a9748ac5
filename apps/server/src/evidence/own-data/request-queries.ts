import type { OwnRequest } from '@vouch/hcp/render'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'

const mostShown = 50

/** What a contact asked of the company, newest first. */
export function findOwnRequests(
  db: Kysely<Database>,
  externalUserId: string,
  kind?: OwnRequest['kind'],
): Promise<OwnRequest[]> {
  const rows = db
    .selectFrom('hcpRequest')
    .select(['receipt', 'kind', 'life', 'filedAt', 'decidedAt', 'wording', 'answer'])
    .where('externalUserId', '=', externalUserId)
    .orderBy('filedAt', 'desc')
    .limit(mostShown)
  return (kind ? rows.where('kind', '=', kind) : rows).execute()
}
