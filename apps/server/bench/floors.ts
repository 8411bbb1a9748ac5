import { createServer } from 'node:http'
import Router from '@koa/router'
import Koa from 'koa'
import { createPool, type Pool } from 'mysql2/promise'
import { ulid } from 'ulid'
import { poolOptions } from '../src/db/database.ts'
import type { Company } from './world.ts'

export function rawPool(url: string, connections: number): Pool {
  return createPool({ ...poolOptions(url), connectionLimit: connections })
}

/** The floor of a send: the rows it leaves behind and the lock it needs, by the driver alone, in one durable commit. */
export async function writeSendRaw(
  pool: Pool,
  account: Company['accounts'][number],
  contentItemId: string,
): Promise<boolean> {
  const connection = await pool.getConnection()
  const at = new Date()
  const id = ulid()
  try {
    await connection.query('start transaction')
    await connection.query('select id from account where id = ? for update', [account.id])
    await connection.query(
      'insert into send (id, request_id, body_hash, rep_id, external_user_id, account_id, content_item_id, document_id, class, kind, outcome, media_id, message_digest, policy_version, weighed, decided_at) values (?)',
      [
        [
          id,
          crypto.randomUUID(),
          '0'.repeat(64),
          account.repId,
          account.externalUserId,
          account.id,
          contentItemId,
          contentItemId,
          'scientific',
          'news',
          'authorised',
          null,
          '0'.repeat(64),
          1,
          snapshot,
          at,
        ],
      ],
    )
    await connection.query('insert into fact (send_id, kind, fact_id, author, at) values (?)', [
      [id, 'A', 'A', account.repId, at],
    ])
    await connection.query(
      'insert into audit_entry (id, at, actor_kind, actor_id, event, subject_id, account_id, detail) values (?)',
      [[ulid(), at, 'rep', account.repId, 'send.authorised', id, account.id, '{}']],
    )
    await connection.query('commit')
    return true
  } finally {
    connection.release()
  }
}

/** As many bytes as the snapshot that a real decision keeps. */
const snapshot = JSON.stringify({ weighed: 'x'.repeat(700) })

/** The floors of the list: Koa alone, and Koa with the two indexed queries nobody can do without. */
export async function serveFloors(url: string, market: string): Promise<{ port: number; stop: () => Promise<void> }> {
  const pool = createPool({ ...poolOptions(url), connectionLimit: 24 })
  const app = new Koa()
  const router = new Router()
  router.get('/bare', (ctx) => {
    ctx.body = { ok: true }
  })
  router.get('/two', async (ctx) => {
    const [contact] = await pool.query('select * from external_contact where external_user_id = ?', [
      ctx.query['contact'],
    ])
    const [pieces] = await pool.query(
      'select id, title, version, product, approval_number, expires_at, page_count, card_hash, state, published_at from content_item where market = ? and product = ? order by published_at desc, id desc limit 20',
      [market, 'P0'],
    )
    ctx.body = { contact, pieces }
  })
  // A message as a row of its own, durable before it is answered: what a callback leaves behind, and nothing of its meaning.
  router.post('/row', async (ctx) => {
    for await (const _ of ctx.req); // the body is read
    const at = new Date()
    const id = ulid().padStart(64, '0')
    await pool.query(
      'insert into callback_event (digest, event, change_type, user_id, external_user_id, occurred_at, received_at, run_at) values (?)',
      [[id, 'change_external_contact', 'edit_external_contact', 'nobody', `wm${id.slice(-26)}`, at, at, at]],
    )
    ctx.body = ''
    ctx.status = 200
  })
  app.use(router.routes())
  const server = createServer({ keepAliveTimeout: 65_000 }, app.callback()) // as the product has it
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    port,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await pool.end()
    },
  }
}
