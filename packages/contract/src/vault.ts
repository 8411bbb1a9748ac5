import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { vaultMapping, vaultMappingShape } from './vault-mapping.ts'
import {
  mappingFault,
  quarantineRow,
  quarantineShow,
  triedDocument,
  vaultAllowance,
  vaultDifference,
} from './vault-shapes.ts'

const why = z.string().check(z.trim(), z.minLength(3), z.maxLength(300))
const cursor = z._default(z.nullable(z.string().check(z.maxLength(200))), null)
const instant = z.coerce.date()

const done = z.object({ outcome: z.literal('done') })
const refused = z.object({ outcome: z.literal('refused'), faults: z.array(mappingFault) })

/** How the connection stands, for anybody in the office. */
export const vaultStatus = endpoint({
  method: 'POST',
  path: '/api/console/vault/status',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({
    /** VAULT_URL is set. */
    connected: z.boolean(),
    /** Settings of the environment that are not set. */
    missing: z.array(z.string()),
    host: z.string(),
    /** The vault the mapping was set for. */
    vaultId: z.nullable(z.number()),
    /** Why the last cycle did not end well; words of ours, e.g. `sign_in_stopped USER_LOCKED_OUT`. */
    problem: z.nullable(z.string()),
    cycleAt: z.nullable(instant),
    nextAt: z.nullable(instant),
    /** A cycle is under way; `asked` is one that begins within seconds. */
    running: z.boolean(),
    asked: z.boolean(),
    fullAt: z.nullable(instant),
    /** A whole comparison is under way, over several cycles where there is much. */
    comparing: z.boolean(),
    /** The newest change that was taken over, by the vault's clock. */
    cursorAt: z.nullable(instant),
    allowance: vaultAllowance,
    /** Documents that were taken, and what became of their versions. */
    documents: z.number(),
    published: z.number(),
    held: z.number(),
    ended: z.number(),
    waiting: z.number(),
    quarantined: z.number(),
    /** When the vault last confirmed what it confirmed longest ago. */
    oldestProofAt: z.nullable(instant),
    brake: z.nullable(z.object({ at: instant, reason: z.string(), waiting: z.number() })),
    mapping: z.nullable(vaultMappingShape),
    /** Of the mapping: 0 before the first. */
    revision: z.number(),
    may: z.array(z.enum(['change_mapping', 'release', 'sync'])),
  }),
})

/**
 * Sets how documents are read, by a system administrator. Faults are all told at once and nothing is saved. A revision
 * that is not the newest is `stale_revision`: somebody saved in between.
 */
export const saveVaultMapping = endpoint({
  method: 'POST',
  path: '/api/console/vault/mapping',
  caller: 'console',
  bodyLimit: 64 * 1024,
  input: z.strictObject({ ...vaultMapping, revision: z.int().check(z.minimum(0)), reason: why }),
  output: z.discriminatedUnion('outcome', [done, refused]),
})

/** Reads what changed last in the vault with a mapping that is not saved. Nothing is kept, published or ended by it. */
export const tryVaultMapping = endpoint({
  method: 'POST',
  path: '/api/console/vault/trial',
  caller: 'console',
  bodyLimit: 64 * 1024,
  input: z.strictObject(vaultMapping),
  output: z.discriminatedUnion('outcome', [
    z.object({
      outcome: z.literal('done'),
      /** Documents that were looked at, with and without the flag. */
      looked: z.number(),
      rows: z.array(triedDocument),
      /** Values that stand in the vault for a setting, whether it knows them or not. */
      values: z.array(z.object({ setting: z.string(), values: z.array(z.string()) })),
    }),
    refused,
  ]),
})

/** Names of the document fields that our user sees in the vault; asks the vault. */
export const vaultFields = endpoint({
  method: 'POST',
  path: '/api/console/vault/fields',
  caller: 'console',
  input: z.strictObject({}),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('done'), vaultId: z.number(), fields: z.array(z.string()) }),
    refused,
  ]),
})

/** What people and the system did with the connection, the newest first: who, why, and what of the mapping changed. */
export const listVaultTrail = endpoint({
  method: 'POST',
  path: '/api/console/vault/trail',
  caller: 'console',
  input: z.strictObject({ cursor }),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.string(),
        at: instant,
        actor: z.string(),
        event: z.string(),
        reason: z.string(),
        changes: z.array(vaultDifference),
      }),
    ),
    next: z.nullable(z.string()),
  }),
})

const vaultNumber = z.int().check(z.minimum(0))

/** Versions the vault calls approved and we do not believe, the newest first. */
export const listQuarantine = endpoint({
  method: 'POST',
  path: '/api/console/vault/quarantine',
  caller: 'console',
  input: z.strictObject({
    show: z._default(quarantineShow, 'all'),
    reason: z._default(z.string().check(z.maxLength(40)), ''),
    vaultId: z._default(z.nullable(vaultNumber), null),
    cursor,
  }),
  output: z.object({ rows: z.array(quarantineRow), next: z.nullable(z.string()) }),
})

/** A compliance officer has one version looked at again; what still contradicts goes back to quarantine. */
export const releaseQuarantine = endpoint({
  method: 'POST',
  path: '/api/console/vault/release',
  caller: 'console',
  input: z.strictObject({ vaultId: vaultNumber, major: vaultNumber, minor: vaultNumber, reason: why }),
  output: done,
})

/** A compliance officer has looked at a storm of publications and lets those go on that waited. */
export const releaseBrake = endpoint({
  method: 'POST',
  path: '/api/console/vault/unbrake',
  caller: 'console',
  input: z.strictObject({ reason: why }),
  output: z.object({ outcome: z.literal('done'), released: z.number() }),
})

/** Asks for a whole comparison now, and for a new attempt to sign in where that was given up. */
export const syncVault = endpoint({
  method: 'POST',
  path: '/api/console/vault/sync',
  caller: 'console',
  input: z.strictObject({ reason: why }),
  output: done,
})
