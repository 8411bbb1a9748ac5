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
  const rows = requestRows(db, [externalUserId]).limit(mostShown)
  return (await (kind ? rows.where('kind', '=', kind) : rows).execute()).map(asRequest)
}

/** All of them, whichever of their contacts they asked by. */
export const findAllRequests = async (db: Kysely<Database>, contactIds: string[]): Promise<OwnRequest[]> =>
  (await requestRows(db, contactIds).execute()).map(asRequest)

const requestRows = (db: Kysely<Database>, contactIds: string[]) =>
  db
    .selectFrom('hcpRequest')
    .select(['receipt', 'kind', 'life', 'filedAt', 'decidedAt', 'wording', 'answer', 'erased'])
    .where('externalUserId', 'in', contactIds)
    .orderBy('filedAt', 'desc')
type RequestRow = Awaited<ReturnType<ReturnType<typeof requestRows>['execute']>>[number]

const asRequest = ({ erased, ...row }: RequestRow): OwnRequest => ({ ...row, kept: readErased(erased)?.kept ?? null })

type Erased = Record<string, number> & { kept?: NonNullable<OwnRequest['kept']> }

/** What an erasure took and kept, as decide-request.ts wrote it; requests of long ago do not say what was kept. */
export const readErased = (text: string): Erased | undefined => (text ? (JSON.parse(text) as Erased) : undefined)
