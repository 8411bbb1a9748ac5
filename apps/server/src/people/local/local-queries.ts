import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { readRecoveryCode, stepOfCode } from './one-time-codes.ts'
import { sha256 } from '../../secrets.ts'

/** A name as it is compared: people type it in any width and case. */
export const nameKeyOf = (name: string): string => name.normalize('NFKC').trim().toLowerCase()

export function findLocalLogin(db: Kysely<Database>, nameKey: string) {
  return db
    .selectFrom('localLogin')
    .innerJoin('person', 'person.id', 'localLogin.personId')
    .select(['localLogin.personId', 'passwordHash', 'codeSealed', 'person.name', 'person.status'])
    .where('nameKey', '=', nameKey)
    .executeTakeFirst()
}

/** The link that is still good, to be read or, inside a transaction, to be locked. */
export function findInvite(db: Kysely<Database>, token: string, at: Date) {
  return db
    .selectFrom('localInvite')
    .select(['tokenHash', 'personId', 'role', 'codeSealed', 'endsAt'])
    .where('tokenHash', '=', sha256(token))
    .where('spentAt', 'is', null)
    .where('endsAt', '>', at)
}

type Given = { personId: string; secret: string; code: string; at: Date }

/** Spends a one-time or a recovery code. Of any number at once one is heard; a code that is older than the last is none. */
export async function spendCode(
  trx: Transaction<Database>,
  { personId, secret, code, at }: Given,
): Promise<'totp' | 'recovery' | null> {
  const recovery = readRecoveryCode(code)
  if (recovery) {
    const spent = await trx
      .updateTable('localRecovery')
      .set({ spentAt: at })
      .where('codeHash', '=', sha256(recovery))
      .where('personId', '=', personId)
      .where('spentAt', 'is', null)
      .executeTakeFirst()
    return spent.numUpdatedRows === 1n ? 'recovery' : null
  }
  const codeStep = stepOfCode(secret, code.replace(/\s/g, ''), at)
  if (codeStep === null) return null
  const spent = await trx
    .updateTable('localLogin')
    .set({ codeStep })
    .where('personId', '=', personId)
    .where('codeStep', '<', codeStep)
    .executeTakeFirst()
  return spent.numUpdatedRows === 1n ? 'totp' : null
}
