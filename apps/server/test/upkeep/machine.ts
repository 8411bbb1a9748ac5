import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { monotonicFactory } from 'ulid'
import { poolOptions } from '../../src/db/database.ts'
import type { Tell } from '../../src/upkeep/tell.ts'
import { startOwnDatabase } from '../faults/own-database.ts'

const ulid = monotonicFactory()

/** A machine with a database server and a folder of its own, and nothing on them. */
export async function startMachine() {
  const server = await startOwnDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'vouch-machine-'))
  return {
    folder,
    url: server.url,
    /** Accounts of an installation on a database that does not exist yet. */
    installation() {
      const ownerUrl = new URL(server.url)
      ownerUrl.pathname = `/vouch_${ulid().toLowerCase()}`
      return { ownerUrl: ownerUrl.href, applicationUrl: applicationOf(ownerUrl.href) }
    },
    async remove() {
      await server.remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type Machine = Awaited<ReturnType<typeof startMachine>>

/** The account `startTestServer` makes. */
export function applicationOf(ownerUrl: string): string {
  const url = new URL(ownerUrl)
  url.username = 'vouch_app_test'
  url.password = 'application'
  return url.href
}

/** Every row of every table, as the database says it. */
export async function everyRow(url: string): Promise<Record<string, unknown>> {
  const connection = await createConnection({ ...poolOptions(url), dateStrings: true })
  const [names] = await connection.query(
    `select table_name as name from information_schema.tables where table_schema = database() and table_name not like 'kysely%' order by table_name`,
  )
  const all: Record<string, unknown> = {}
  for (const { name } of names as { name: string }[]) {
    const [rows] = await connection.query('select * from ??', [name])
    all[name] = (rows as unknown[]).map((row) => JSON.stringify(row)).sort()
  }
  await connection.end()
  return all
}

/** Names of the steps the structure has taken. */
export async function stepsOf(url: string): Promise<string[]> {
  const connection = await createConnection(poolOptions(url))
  const [rows] = await connection.query('select name as name from kysely_migration order by name')
  await connection.end()
  return (rows as { name: string }[]).map(({ name }) => name)
}

/** Every file below a folder with its bytes, but for what is half-written. */
export function everyFile(folder: string, below = ''): Record<string, string> {
  return Object.fromEntries(
    readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry): [string, string][] => {
      const name = join(below, entry.name)
      if (entry.name.startsWith('.')) return []
      if (entry.isDirectory()) return Object.entries(everyFile(folder, name))
      return [[name, readFileSync(join(folder, name)).toString('hex')]]
    }),
  )
}

/** Somebody who hears everything and keeps it. */
export function listen(): Tell & { heard: string[] } {
  const heard: string[] = []
  return {
    heard,
    line: ({ en }) => void heard.push(en),
    step: async ({ en }, work) => {
      heard.push(en)
      return work(() => {})
    },
  }
}
