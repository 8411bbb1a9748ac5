import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { LocalInviteTable } from '../../db/tables/local.ts'
import type { Deps } from '../../deps.ts'
import { newToken, sha256 } from '../../secrets.ts'
import { nameKeyOf } from './local-queries.ts'
import { newCodeSecret } from './one-time-codes.ts'

type Needs = Pick<Deps, 'db' | 'secrets' | 'now' | 'newId'>
type Asked = { role: LocalInviteTable['role']; of?: string | undefined }

/** A link that may lie in a terminal is good for so long. */
export const inviteLifeMs = 30 * 60_000

/**
 * Makes the one link with which a local administrator is set up, or, of a name that exists, sets a new password and a
 * new authenticator. Links made before end with it. Undefined when nobody has that name.
 */
export function inviteLocal(deps: Needs, { role, of }: Asked): Promise<{ token: string; endsAt: Date } | undefined> {
  const { db, secrets, now, newId } = deps
  return transact(db, async (trx) => {
    const at = now()
    await trx.updateTable('localInvite').set({ endsAt: at }).where('spentAt', 'is', null).execute()
    const login = of
      ? await trx.selectFrom('localLogin').select('personId').where('nameKey', '=', nameKeyOf(of)).executeTakeFirst()
      : undefined
    if (of && !login) return undefined
    const token = newToken()
    const endsAt = new Date(at.getTime() + inviteLifeMs)
    const invite = { tokenHash: sha256(token), personId: login?.personId ?? null, role, madeAt: at, endsAt }
    await trx
      .insertInto('localInvite')
      .values({ ...invite, codeSealed: secrets.seal(newCodeSecret()), spentAt: null })
      .execute()
    await appendAudit(trx, newId(), { kind: 'system', id: 'admin-command' }, at, {
      ...{
        event: 'local.invited',
        subjectId: login?.personId ?? 'new',
        detail: { role: login ? undefined : role, endsAt },
      },
    })
    return { token, endsAt }
  })
}
