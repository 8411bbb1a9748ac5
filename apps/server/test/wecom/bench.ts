import { createShelf } from '../../src/content/shelf.ts'
import { pino } from 'pino'
import { readConfig, type Config } from '../../src/config.ts'
import type { Deps } from '../../src/deps.ts'
import { createSecrets } from '../../src/secrets.ts'
import { createPost } from '../../src/webhooks/post-out.ts'
import { createWeCom } from '../../src/wecom/create-wecom.ts'
import { memoryFiles } from '../memory-files.ts'
import { fakeCorp, startFakeWeCom } from './fake-server.ts'
import { freshDatabase } from './fresh-database.ts'

export type Bench = Awaited<ReturnType<typeof setUpBench>>

export const callbackSettings = {
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  corpId: fakeCorp.corpId,
}

/** A real database, WeCom as a fake server, a clock set by hand, and a log that is kept. */
export async function setUpBench() {
  const fake = await startFakeWeCom()
  const { db, drop } = await freshDatabase()
  const clock = { at: new Date('2026-11-22T08:00:00Z') }
  const log: string[] = []
  const stored = new Map<string, Buffer>()
  let ids = 0

  const files = memoryFiles(stored)
  const base = {
    db,
    config: configFor(fake.url),
    secrets: createSecrets('a secret for tests, long enough for anybody'),
    now: () => new Date(clock.at),
    newId: () => `01TEST${String((ids += 1)).padStart(20, '0')}`,
    log: pino({ level: 'trace', base: null }, { write: (line: string) => void log.push(line) }),
    files,
    renditions: null,
    shelf: createShelf(db, 0),
    vault: null,
    post: createPost([]),
  }
  return {
    fake,
    db,
    log,
    stored,
    now: base.now,
    forward: (ms: number): void => void (clock.at = new Date(clock.at.getTime() + ms)),
    /** One more instance of the server. */
    instance: (change: Partial<Config> = {}): Deps => {
      const given = { ...base, config: { ...base.config, ...change } }
      return { ...given, wecom: createWeCom(given) }
    },
    tearDown: async () => {
      await drop()
      await fake.stop()
    },
  }
}

function configFor(wecomUrl: string): Config {
  const read = readConfig({
    DATABASE_URL: 'mysql://unused/vouch',
    PUBLIC_URL: 'https://vouch.example',
    SECRET_KEY: 'a secret for tests, long enough for anybody',
    WECOM_CORP_ID: fakeCorp.corpId,
    WECOM_AGENT_ID: fakeCorp.agentId,
    WECOM_AGENT_SECRET: fakeCorp.secret,
    WECOM_CALLBACK_TOKEN: callbackSettings.token,
    WECOM_CALLBACK_AES_KEY: callbackSettings.aesKey,
    WECOM_API_URL: wecomUrl,
    WECOM_OAUTH_URL: wecomUrl,
    WECOM_LOGIN_URL: wecomUrl,
  })
  if ('faults' in read) throw new Error(read.faults.join('; '))
  return read.config
}
