import type { Both, CheckGroup, CheckId, CheckOutcome } from '@vouch/contract'
import type { Kysely } from 'kysely'
import type { SettingName, Settings } from '../../config.ts'
import type { Database } from '../../db/schema.ts'
import type { Files } from '../../files/files.ts'
import type { Vault } from '../../vault/vault.ts'
import type { WeComProbe } from '../../wecom/probe.ts'

/** What checks look at. Parts that the settings do not allow are null; a check says which settings it needs. */
export type Bench = {
  environment: Record<string, string | undefined>
  settings: Settings
  demo: boolean
  db: Kysely<Database> | null
  files: Files | null
  wecom: WeComProbe
  vault: Vault | null
  now: () => Date
}

export type Said = { fact: Both; fix?: Both; details?: Both[] }
export type Found = Said & { outcome: CheckOutcome }

export type Check = {
  group: CheckGroup
  title: Both
  /** Where to click; told beside what is not in order. */
  where?: Both
  /** Settings without which there is nothing to look at. */
  settings?: readonly SettingName[]
  /** Not asked while one of these is not in order: its fault would only be told once more. */
  after?: readonly CheckId[]
  /** Asks neither WeCom nor the vault nor our own address, so that probes may ask it at any time. */
  cheap?: boolean
  run: (bench: Bench) => Promise<Found> | Found
}

export const both = (zh: string, en: string): Both => ({ zh, en })

export const ok = (said: Said): Found => ({ outcome: 'ok', ...said })
export const warning = (said: Said): Found => ({ outcome: 'warning', ...said })
export const fault = (said: Said): Found => ({ outcome: 'fault', ...said })
export const notAsked = (said: Said): Found => ({ outcome: 'not_asked', ...said })

/** The database of a check that comes after `data.connection`. */
export function databaseOf({ db }: Bench): Kysely<Database> {
  if (!db) throw new Error('no database')
  return db
}
