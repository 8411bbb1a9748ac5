import type { Input, Output, WebhookAttempt, WebhookDelivery, webhookEndpoints } from '@vouch/contract'
import { readCursor, writeCursor } from '../cursor.ts'
import type { Deps } from '../deps.ts'

type Endpoint = typeof webhookEndpoints.listDeliveries
const pageSize = 30
/** One that is sent again by hand over and over shows the newest of its tries. */
const mostShown = 30

/** The delivery log of one webhook, the newest first, each with its tries. */
export async function listDeliveries(deps: Deps, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const after = readCursor(asked.cursor)
  let wanted = deps.db
    .selectFrom('webhookDelivery')
    .select(['id', 'eventId', 'kind', 'subjectId', 'life', 'occurredAt', 'runAt', 'createdAt'])
    .where('webhookId', '=', asked.webhookId)
    .orderBy('id', 'desc')
    .limit(pageSize + 1)
  if (asked.life) wanted = wanted.where('life', '=', asked.life)
  if (asked.kind) wanted = wanted.where('kind', '=', asked.kind)
  if (after) wanted = wanted.where('id', '<', after.id)
  const found = await wanted.execute()
  const page = found.slice(0, pageSize)
  const last = page.at(-1)
  const attempts = await findAttempts(
    deps,
    page.map(({ id }) => id),
  )
  return {
    rows: page.map(({ id, kind, runAt, createdAt: _, ...row }) => ({
      ...row,
      ...{ deliveryId: id, kind: kind as WebhookDelivery['kind'] }, // written from the contract's own words
      nextAt: row.life === 'waiting' ? runAt : null,
      attempts: attempts.get(id) ?? [],
    })),
    next: last && found.length > pageSize ? writeCursor({ at: last.createdAt, id: last.id }) : null,
  }
}

async function findAttempts({ db }: Deps, ids: readonly string[]): Promise<Map<string, WebhookAttempt[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('webhookAttempt')
    .select(['deliveryId', 'at', 'status', 'problem', 'tookMs', 'answer'])
    .where('deliveryId', 'in', ids)
    .orderBy('id', 'desc')
    .limit(pageSize * mostShown)
    .execute()
  const found = new Map<string, WebhookAttempt[]>()
  for (const { deliveryId, ...attempt } of rows) {
    const known = found.get(deliveryId) ?? []
    if (known.length < mostShown) found.set(deliveryId, [...known, attempt])
  }
  return found
}
