import type { OwnRequest } from '@vouch/hcp/render'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'

const mostShown = 50

/** What a contact asked of the company, newest first. */
export async function findOwnRequests(
  db: Kysely<Database>,
  externalUserId: string,
  kind?: OwnRequest['kind'],
): Promise<OwnRequest[]> {
  const rows = db
    .selectFrom('hcpRequest')
    .select(['receipt', 'kind', 'life', 'filedAt', 'decidedAt', 'wording', 'answer', 'erased'])
    .where('externalUserId', '=', externalUserId)
    .orderBy('filedAt', 'desc')
    .limit(mostShown)
  const found = await (kind ? rows.where('kind', '=', kind) : rows).execute()
  return found.map(({ erased, ...row }) => ({ ...row, kept: readErased(erased)?.kept ?? null }))
}

type Erased = Record<string, number> & { kept?: NonNullable<OwnRequest['kept']> }

/** What an erasure took and kept, as decide-request.ts wrote it; requests of long ago do not say what was kept. */
export const readErased = (text: string): Erased | undefined => (text ? (JSON.parse(text) as Erased) : undefined)
