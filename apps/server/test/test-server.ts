import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AskedInput, Endpoint } from '@vouch/contract'
import pino from 'pino'
import { monotonicFactory, ulid } from 'ulid'
import type { Config } from '../src/config.ts'
import { createShelf } from '../src/content/shelf.ts'
import { openDatabase } from '../src/db/database.ts'
import { grantApplication } from '../src/db/migrate.ts'
import type { Deps } from '../src/deps.ts'
import { createApp } from '../src/http/app.ts'
import { createSecrets, newToken, sha256 } from '../src/secrets.ts'
import { createPost } from '../src/webhooks/post-out.ts'
import { createSchema } from './create-schema.ts'
import { dropDatabase } from './drop-database.ts'
import { memoryFiles } from './memory-files.ts'
import { createToldWeCom } from './told-wecom.ts'

export const publicUrl = 'http://vouch.test'
/** A Wednesday morning in Shanghai, in the middle of a month. */
export const morning = new Date('2026-05-13T02:00:00.000Z')

export type TestServer = Awaited<ReturnType<typeof startTestServer>>

/**
 * A server on a database of its own, through the application's account with its real rights, and with a clock that the
 * test moves. `owner` is the account that may do everything, to prepare and to look.
 */
export async function startTestServer({ databaseUrl = process.env['TEST_DATABASE_URL'] ?? '' } = {}) {
  const ownerUrl = new URL(databaseUrl)
  ownerUrl.pathname = `/vouch_${ulid().toLowerCase()}`
  const applicationUrl = new URL(ownerUrl)
  applicationUrl.username = 'vouch_app_test'
  applicationUrl.password = 'application'
  await createSchema(ownerUrl.href)
  await grantApplication(ownerUrl.href, applicationUrl.href)

  const clock = { at: morning }
  const logged: string[] = []
  const { wecom, told } = createToldWeCom()
  const config = testConfig(applicationUrl.href)
  const db = openDatabase(applicationUrl.href)
  const owner = openDatabase(ownerUrl.href, 4)
  const deps: Deps = {
    ...{ db, config, wecom },
    secrets: createSecrets(config.SECRET_KEY),
    now: () => new Date(clock.at),
    newId: monotonicFactory(), // rows of one instant lie in the order they were made
    files: memoryFiles(),
    renditions: null,
    shelf: createShelf(db, 0),
    vault: null,
    post: createPost(config.WEBHOOK_INSIDE_HOSTS),
    log: pino({ base: null }, { write: (line: string) => void logged.push(line) }),
  }
  const { app, router } = createApp(deps, { folders: { sidebar: '/nowhere', console: '/nowhere' } })
  const server = await listen(app.callback())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  /** A live session of a person, as a cookie. */
  async function signIn(personId: string, face: 'rep' | 'console' = 'rep'): Promise<string> {
    const token = newToken()
    await db
      .insertInto('session')
      .values({
        tokenHash: sha256(token),
        personId,
        face,
        signedInAt: deps.now(),
        lastSeenAt: deps.now(),
        endedAt: null,
        endedWhy: null,
      })
      .execute()
    return `__Host-vouch_${face}=${token}`
  }

  async function stop(): Promise<void> {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await db.destroy()
    await owner.destroy()
    await dropDatabase(ownerUrl.href)
  }

  return {
    deps,
    db,
    owner,
    url,
    clock,
    told,
    logged,
    signIn,
    stop,
    router,
    ownerUrl: ownerUrl.href,
    applicationUrl: applicationUrl.href,
  }
}

/** Bodies are looked at by name in assertions; their shapes are the contract's. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Answer = { status: number; body: any; headers: Headers }

/** Calls an endpoint as a page would. */
export async function call<E extends Endpoint>(
  server: TestServer,
  cookie: string,
  endpoint: E,
  input: AskedInput<E>,
): Promise<Answer> {
  return post(server, cookie, endpoint.path, JSON.stringify(input), { method: endpoint.method })
}

export async function post(
  server: TestServer,
  cookie: string,
  path: string,
  body: string,
  { method = 'POST', headers = {} as Record<string, string> } = {},
): Promise<Answer> {
  const answer = await fetch(server.url + path, {
    method,
    headers: { cookie, origin: publicUrl, 'content-type': 'application/json', ...headers },
    redirect: 'manual',
    ...(method === 'GET' ? {} : { body }),
  })
  const text = await answer.text()
  return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : { text }, headers: answer.headers }
}

function testConfig(databaseUrl: string): Config {
  return {
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: publicUrl,
    PUBLIC_PROXIES: 0,
    PORT: 0,
    SECRET_KEY: 'a secret for tests, long enough for anybody',
    FILES_URL: 'file:.data/none',
    WECOM_CORP_ID: 'wwdemo0000000001',
    WECOM_AGENT_ID: '1000002',
    WECOM_AGENT_SECRET: 'agent-secret-canary',
    WECOM_CALLBACK_TOKEN: 'QDG6eK',
    WECOM_CALLBACK_AES_KEY: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    WECOM_API_URL: 'http://wecom.test',
    WECOM_OAUTH_URL: 'http://wecom.test',
    WECOM_LOGIN_URL: 'http://wecom.test',
    VAULT_API_VERSION: 'v25.2',
    WEBHOOK_INSIDE_HOSTS: ['127.0.0.1', 'receiver.test'],
    demo: true,
  }
}

async function listen(callback: Parameters<typeof createServer>[1]): Promise<Server> {
  const server = createServer(callback)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}
