import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { vaultMapping, vaultMappingShape } from './vault-mapping.ts'

const why = z.string().check(z.trim(), z.minLength(3), z.maxLength(300))

const done = z.object({ outcome: z.literal('done') })

/** How the connection stands, for anybody in the office. */
export const vaultStatus = endpoint({
  method: 'POST',
  path: '/api/console/vault/status',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({
    /** VAULT_URL is set. */
    connected: z.boolean(),
    /** Why the last cycle did not end well; words of ours, e.g. `sign_in_stopped USER_LOCKED_OUT`. */
    problem: z.nullable(z.string()),
    cycleAt: z.nullable(z.coerce.date()),
    fullAt: z.nullable(z.coerce.date()),
    published: z.number(),
    waiting: z.number(),
    quarantined: z.number(),
    /** When the vault last confirmed what it confirmed longest ago. */
    oldestProofAt: z.nullable(z.coerce.date()),
    brake: z.nullable(z.object({ at: z.coerce.date(), reason: z.string(), waiting: z.number() })),
    mapping: z.nullable(vaultMappingShape),
    may: z.array(z.enum(['change_mapping', 'release', 'sync'])),
  }),
})

/** Sets how documents are read, by a system administrator. Faults are all told at once and nothing is saved. */
export const saveVaultMapping = endpoint({
  method: 'POST',
  path: '/api/console/vault/mapping',
  caller: 'console',
  bodyLimit: 64 * 1024,
  input: z.strictObject({ ...vaultMapping, reason: why }),
  output: z.discriminatedUnion('outcome', [
    done,
    z.object({ outcome: z.literal('refused'), faults: z.array(z.object({ field: z.string(), problem: z.string() })) }),
  ]),
})

/** Versions the vault calls approved and we do not believe, the newest first. */
export const listQuarantine = endpoint({
  method: 'POST',
  path: '/api/console/vault/quarantine',
  caller: 'console',
  input: z.strictObject({ cursor: z._default(z.nullable(z.string().check(z.maxLength(200))), null) }),
  output: z.object({
    rows: z.array(
      z.object({
        vaultId: z.number(),
        major: z.number(),
        minor: z.number(),
        reason: z.string(),
        since: z.coerce.date(),
        /** Ends only by a person's release; the others end when the vault is put right. */
        needsPerson: z.boolean(),
        contentItemId: z.nullable(z.string()),
        title: z.string(),
        /** A release is given, and the vault is asked again within a minute. */
        released: z.boolean(),
      }),
    ),
    next: z.nullable(z.string()),
  }),
})

const vaultNumber = z.int().check(z.minimum(0))

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
