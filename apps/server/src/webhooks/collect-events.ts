import type { Insertable } from 'kysely'
import { transact } from '../db/database.ts'
import type { WebhookDeliveryTable } from '../db/tables/webhooks.ts'
import type { Deps } from '../deps.ts'
import { consentsFrom, entriesFrom, factsFrom, type Event } from './event-queries.ts'
import { findStanding, type Standing } from './webhook-queries.ts'

/** What was begun earlier and committed later is met again. No transaction of ours is open as long. */
const slackMs = 30_000
const job = 'collect-webhook-events'
const never = new Date(0)

/**
 * Job: owes each webhook what was recorded since it last looked. An event is known by what it tells, so meeting it again, or
 * from two instances at once, owes nothing a second time; whoever records it writes nothing and waits for nobody.
 */
export async function collectEvents(deps: Deps): Promise<void> {
  const at = deps.now()
  const webhooks = await findStanding(deps.db)
  if (webhooks.length === 0) return
  const cursor = await findCursor(deps)
  const oldest = Math.min(...webhooks.map(({ madeAt }) => madeAt.getTime()))
  const from = new Date(Math.max(cursor - slackMs, oldest))
  for (const source of [factsFrom, consentsFrom, entriesFrom])
    for await (const events of source(deps.db, from)) for (const webhook of webhooks) await owe(deps, webhook, events)
  await keepCursor(deps, at)
}

async function owe(deps: Deps, webhook: Standing, events: readonly Event[]): Promise<void> {
  const wanted = events.filter(isFor(webhook))
  const known = await findKnown(deps, webhook, wanted)
  const fresh = wanted.filter(({ eventId }) => !known.has(eventId)).map((event) => rowOf(deps, webhook, event))
  if (fresh.length === 0) return
  await transact(deps.db, (trx) => trx.insertInto('webhookDelivery').ignore().values(fresh).execute())
}

const isFor =
  ({ kinds, madeAt }: Standing) =>
  ({ kind, at }: Event): boolean =>
    at >= madeAt && kinds.split(',').includes(kind)

function rowOf(deps: Deps, { id }: Standing, event: Event): Insertable<WebhookDeliveryTable> {
  const at = deps.now()
  const { eventId, kind, subjectId } = event
  return {
    ...{ id: deps.newId(), webhookId: id, eventId, kind, subjectId, life: 'waiting', body: bodyOf(deps, event) },
    ...{ runAt: at, owner: null, ownedUntil: never, occurredAt: event.at, createdAt: at, settledAt: null },
  }
}

/** A CloudEvent in structured mode; its id is the `webhook-id` as well. */
export function bodyOf(
  { config }: Pick<Deps, 'config'>,
  { eventId, kind, subjectId, at, data }: Omit<Event, 'kind'> & { kind: string },
): string {
  return JSON.stringify({
    ...{ specversion: '1.0', id: eventId, source: config.PUBLIC_URL, type: `cn.vouch.${kind}.v1` },
    ...{ subject: subjectId, time: at.toISOString(), datacontenttype: 'application/json', data },
  })
}

type Needed = Pick<Deps, 'db'>

async function findKnown({ db }: Needed, { id }: Standing, events: readonly Event[]): Promise<Set<string>> {
  if (events.length === 0) return new Set()
  const ids = events.map(({ eventId }) => eventId)
  const found = await db
    .selectFrom('webhookDelivery')
    .select('eventId')
    .where('webhookId', '=', id)
    .where('eventId', 'in', ids)
    .execute()
  return new Set(found.map(({ eventId }) => eventId))
}

async function findCursor({ db }: Needed): Promise<number> {
  const row = await db.selectFrom('job').select('cursorValue').where('name', '=', job).executeTakeFirst()
  return Number(row?.cursorValue ?? 0)
}

async function keepCursor({ db }: Needed, at: Date): Promise<void> {
  const cursorValue = String(at.getTime())
  const kept = { name: job, owner: null, ownedUntil: never, runAt: never, lastDoneAt: null, problem: null }
  await transact(db, (trx) =>
    trx
      .insertInto('job')
      .values({ ...kept, cursorValue })
      .onDuplicateKeyUpdate({ cursorValue })
      .execute(),
  )
}
