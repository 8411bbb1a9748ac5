import type { Input, Output, Webhook, webhookEndpoints, WebhookKind } from '@vouch/contract'
import { sql, type Kysely } from 'kysely'
import { readCursor, writeCursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { holdsOne } from '../people/role-queries.ts'
import type { Session } from '../people/sessions.ts'
import { webhookWriters } from './webhook-roles.ts'

type List = typeof webhookEndpoints.listWebhooks
type Load = typeof webhookEndpoints.loadWebhook
const pageSize = 30

/** Webhooks, the newest first, with what waits and what failed. */
export async function listWebhooks(deps: Deps, me: Session, asked: Input<List>): Promise<Output<List>> {
  const after = readCursor(asked.cursor)
  let wanted = selectWebhooks(deps.db)
    .where('life', asked.show === 'ended' ? '=' : '<>', 'ended')
    .orderBy('id', 'desc')
    .limit(pageSize + 1)
  if (after) wanted = wanted.where('id', '<', after.id)
  const found = await wanted.execute()
  const page = found.slice(0, pageSize).map(asWebhook)
  const last = page.at(-1)
  return {
    rows: page,
    next: last && found.length > pageSize ? writeCursor({ at: last.madeAt, id: last.webhookId }) : null,
    mayChange: holdsOne(me.roles, webhookWriters),
  }
}

/** One of them; of its secrets nothing but their times. */
export async function loadWebhook(deps: Deps, me: Session, { webhookId }: Input<Load>): Promise<Output<Load>> {
  const webhook = await describeWebhook(deps.db, webhookId)
  const secrets = await deps.db
    .selectFrom('webhookSecret')
    .select(['madeAt', 'endsAt'])
    .where('webhookId', '=', webhookId)
    .execute()
  const ends = secrets.flatMap(({ endsAt }) => (endsAt && endsAt > deps.now() ? [endsAt.getTime()] : []))
  return {
    webhook,
    secretMadeAt: secrets.find(({ endsAt }) => endsAt === null)?.madeAt ?? webhook.madeAt,
    olderUntil: ends.length > 0 ? new Date(Math.max(...ends)) : null,
    mayChange: holdsOne(me.roles, webhookWriters) && webhook.life !== 'ended',
  }
}

/** Throws `not_found`. */
export async function describeWebhook(db: Kysely<Database>, webhookId: string): Promise<Webhook> {
  const found = await selectWebhooks(db).where('id', '=', webhookId).executeTakeFirst()
  if (!found) throw new AppError('not_found')
  return asWebhook(found)
}

/** A test is of its own moment and nothing to be made good. */
const countOf = (life: 'waiting' | 'failed') =>
  sql<number>`(select count(*) from webhook_delivery d
    where d.webhook_id = webhook.id and d.life = ${life} and d.kind <> 'test')`

const selectWebhooks = (db: Kysely<Database>) =>
  db
    .selectFrom('webhook')
    .select(['id as webhookId', 'name', 'url', 'kinds', 'life', 'problem', 'revision', 'madeAt'])
    .select([countOf('waiting').as('waiting'), countOf('failed').as('failed')])
    .select(
      sql<Date | null>`(select d.settled_at from webhook_delivery d where d.webhook_id = webhook.id
        and d.life = 'delivered' order by d.id desc limit 1)`.as('lastDeliveredAt'),
    )

type Row = Awaited<ReturnType<ReturnType<typeof selectWebhooks>['execute']>>[number]

const asWebhook = ({ kinds, waiting, failed, ...row }: Row): Webhook => ({
  ...row,
  ...{ waiting: Number(waiting), failed: Number(failed) },
  kinds: kinds.split(',') as WebhookKind[], // written from the contract's own words
})
