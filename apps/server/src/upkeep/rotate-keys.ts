import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { createSecrets, keyBytes, provingUses, type ProvingUse } from '../secrets.ts'

type AskedRotation = {
  /** The key that makes everything from now on, and the one that made it until now. */
  key: string
  old: string
  /** The old one fell into other hands: its tickets and cookies end; links go on, they only open for whom they were sent to. */
  leaked: boolean
}

/**
 * Seals anew whatever the old key sealed and keeps of it what proves links, tickets and cookies in other people's hands.
 * Afterwards nothing needs the old key. Safe to repeat.
 */
export async function rotateKeys(
  { db, now, newId }: Pick<Deps, 'db' | 'now' | 'newId'>,
  { key, old, leaked }: AskedRotation,
): Promise<{ sealedAnew: number; unreadable: number; kept: ProvingUse[] }> {
  const both = createSecrets(key, [old])
  const anew = createSecrets(key)
  const uses = leaked ? (['link'] as const) : provingUses
  return transact(db, async (trx) => {
    const count = { sealedAnew: 0, unreadable: 0 }
    const reseal = (sealed: string): string | undefined => {
      try {
        const plain = both.unseal(sealed)
        count.sealedAnew += 1
        return anew.seal(plain)
      } catch {
        count.unreadable += 1 // a token that is fetched again, or a key of which nothing is left
        return undefined
      }
    }
    await resealRows(trx, reseal)
    if (leaked) await trx.deleteFrom('keptKey').where('proves', '!=', 'link').execute()
    const keptAt = now()
    for (const use of uses) {
      const bytes = keyBytes(old, use)
      const id = createHash('sha256').update(`vouch kept ${use} `).update(bytes).digest('hex')
      const row = { id, proves: use, sealedKey: anew.seal(bytes.toString('base64')), keptAt }
      await trx.insertInto('keptKey').ignore().values(row).execute()
    }
    await appendAudit(trx, newId(), { kind: 'system', id: 'rotate-keys' }, keptAt, {
      event: 'keys.rotated',
      subjectId: 'SECRET_KEY',
      detail: { ...count, kept: uses, leaked },
    })
    return { ...count, kept: [...uses] }
  })
}

/** Every column that holds something sealed. */
async function resealRows(trx: Transaction<Database>, reseal: (sealed: string) => string | undefined): Promise<void> {
  const credentials = await trx.selectFrom('wecomCredential').select(['name', 'sealedValue']).forUpdate().execute()
  for (const { name, sealedValue } of credentials) {
    const anew = sealedValue === '' ? undefined : reseal(sealedValue)
    if (anew) await trx.updateTable('wecomCredential').set({ sealedValue: anew }).where('name', '=', name).execute()
  }
  const connections = await trx.selectFrom('vaultConnection').select(['id', 'sessionSealed']).forUpdate().execute()
  for (const { id, sessionSealed } of connections) {
    const anew = sessionSealed ? reseal(sessionSealed) : undefined
    if (anew) await trx.updateTable('vaultConnection').set({ sessionSealed: anew }).where('id', '=', id).execute()
  }
  const logins = await trx.selectFrom('localLogin').select(['personId', 'codeSealed']).forUpdate().execute()
  for (const { personId, codeSealed } of logins) {
    const anew = reseal(codeSealed)
    if (anew) await trx.updateTable('localLogin').set({ codeSealed: anew }).where('personId', '=', personId).execute()
  }
  const invites = await trx.selectFrom('localInvite').select(['tokenHash', 'codeSealed']).forUpdate().execute()
  for (const { tokenHash, codeSealed } of invites) {
    const anew = reseal(codeSealed)
    if (anew)
      await trx.updateTable('localInvite').set({ codeSealed: anew }).where('tokenHash', '=', tokenHash).execute()
  }
  const signing = await trx.selectFrom('webhookSecret').select(['id', 'sealed']).forUpdate().execute()
  for (const { id, sealed } of signing) {
    const anew = reseal(sealed)
    if (anew) await trx.updateTable('webhookSecret').set({ sealed: anew }).where('id', '=', id).execute()
  }
  const kept = await trx.selectFrom('keptKey').select(['id', 'sealedKey']).forUpdate().execute()
  for (const { id, sealedKey } of kept) {
    const anew = reseal(sealedKey)
    if (anew) await trx.updateTable('keptKey').set({ sealedKey: anew }).where('id', '=', id).execute()
  }
}
