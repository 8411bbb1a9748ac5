import type { Input, Output, webhookEndpoints } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { requireFreshProof } from '../people/fresh-proof.ts'
import { lockCompany } from '../people/second-person.ts'
import type { Session } from '../people/sessions.ts'
import { checkUrl } from './check-url.ts'
import { newWebhookSecret } from './sign.ts'
import { tellOfWebhook } from './tell-of-webhook.ts'

type Endpoint = typeof webhookEndpoints.makeWebhook
/** A company has a handful; each of them is asked about at every event. */
const mostStanding = 20

/** Makes a webhook, which is told of what happens from now on. Its secret leaves us in this answer and never again. */
export async function makeWebhook(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await requireFreshProof(deps, me)
  const problem = checkUrl(asked.url, deps.config.WEBHOOK_INSIDE_HOSTS)
  if (problem) return { outcome: 'refused', reason: problem }
  return transact(deps.db, async (trx) => {
    await lockCompany(trx)
    const before = await findMade(trx, me, asked)
    if (before) return { outcome: 'made' as const, webhookId: before, secret: null }
    if ((await countStanding(trx)) >= mostStanding) return { outcome: 'refused' as const, reason: 'too_many' as const }
    const { id, secret } = await insertWebhook(trx, deps, me, asked)
    return { outcome: 'made' as const, webhookId: id, secret }
  })
}

/** What this request made before. Throws `request_id_reused` when it asked for something else, or was somebody else's. */
async function findMade(trx: Transaction<Database>, me: Session, asked: Input<Endpoint>): Promise<string | undefined> {
  const made = await trx
    .selectFrom('webhook')
    .select(['id', 'madeBy', 'name', 'url', 'kinds'])
    .where('requestId', '=', asked.requestId)
    .executeTakeFirst()
  if (!made) return undefined
  const same = made.name === asked.name && made.url === asked.url && made.kinds === asked.kinds.join(',')
  if (!same || made.madeBy !== me.personId) throw new AppError('request_id_reused')
  return made.id
}

async function countStanding(trx: Transaction<Database>): Promise<number> {
  const { found } = await trx
    .selectFrom('webhook')
    .select((eb) => eb.fn.countAll<number>().as('found'))
    .where('life', '<>', 'ended')
    .executeTakeFirstOrThrow()
  return Number(found)
}

async function insertWebhook(trx: Transaction<Database>, deps: Deps, me: Session, asked: Input<Endpoint>) {
  const { requestId, name, url, kinds, reason } = asked
  const at = deps.now()
  const id = deps.newId()
  await trx
    .insertInto('webhook')
    .values({
      ...{ id, requestId, name, url, kinds: kinds.join(','), life: 'on', revision: 1 },
      ...{ restUntil: at, againBefore: null, madeBy: me.personId, madeAt: at },
    })
    .execute()
  const secret = await addSecret(trx, deps, id)
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
    ...{ event: 'webhook.made', subjectId: id, reason, after: { name, url, kinds } },
  })
  await tellOfWebhook(trx, deps, { webhook: { id, name, url }, what: 'made', by: me.personId })
  return { id, secret }
}

/** Gives it a new secret; what signs beside it is the caller's matter. */
export async function addSecret(trx: Transaction<Database>, deps: Deps, webhookId: string): Promise<string> {
  const secret = newWebhookSecret()
  const row = { id: deps.newId(), webhookId, sealed: deps.secrets.seal(secret), madeAt: deps.now(), endsAt: null }
  await trx.insertInto('webhookSecret').values(row).execute()
  return secret
}
