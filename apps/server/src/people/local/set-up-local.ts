import type { Input, localEndpoints, Output } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Device } from '../../db/tables/people.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { sha256 } from '../../secrets.ts'
import { localPrefix } from '../local-people.ts'
import { endSessionsOf } from '../queries.ts'
import type { Sessions } from '../sessions.ts'
import { countAttempt } from './attempts.ts'
import { findInvite, nameKeyOf } from './local-queries.ts'
import { newRecoveryCodes, stepOfCode } from './one-time-codes.ts'
import { checkPassword, hashPassword } from './passwords.ts'
import { tellLocal } from './tell-local.ts'

type Endpoint = typeof localEndpoints.setUpLocal
type Asked = Input<Endpoint>
type Invite = { personId: string | null; role: string; codeSealed: string; tokenHash: string }
type Ready = { asked: Asked; passwordHash: string; codeStep: number; recovery: string[]; at: Date }

/**
 * Sets up how a local administrator signs in, with the link from the command line. The link counts once: of any number
 * at once one is heard. Whoever had signed in under that name before is signed out everywhere, and their
 * passkeys and codes are gone.
 */
export async function setUpLocal(
  deps: Deps,
  sessions: Sessions,
  asked: Asked & { device: Device },
): Promise<{ answer: Output<Endpoint>; token?: string }> {
  const { db, now, secrets } = deps
  const at = now()
  const invite = await findInvite(db, asked.token, at).executeTakeFirst()
  if (!invite) throw new AppError('link_over')
  await countAttempt(deps, [{ about: `set up ${invite.tokenHash}`, tries: 30 }])
  const codeStep = stepOfCode(secrets.unseal(invite.codeSealed), asked.code.replace(/\s/g, ''), at)
  const taken = await findTaken(db, asked.name, invite.personId)
  const reasons = [
    ...(taken ? (['name_taken'] as const) : []),
    ...(await checkPassword(asked.password, [asked.name, new URL(deps.config.PUBLIC_URL).hostname])),
    ...(codeStep === null ? (['wrong_code'] as const) : []),
  ]
  if (reasons.length > 0 || codeStep === null) return { answer: { outcome: 'refused', reasons } }
  const ready = { asked, codeStep, passwordHash: await hashPassword(asked.password), recovery: newRecoveryCodes(), at }
  const personId = await transact(db, (trx) => write(trx, deps, ready))
  const token = await sessions.open(personId, 'console', { way: 'local', device: asked.device })
  return { answer: { outcome: 'done', recoveryCodes: ready.recovery }, token }
}

async function write(trx: Transaction<Database>, deps: Deps, ready: Ready): Promise<string> {
  const { asked, at, recovery } = ready
  const invite = await findInvite(trx, asked.token, at).forUpdate().executeTakeFirst()
  if (!invite) throw new AppError('link_over')
  await trx.updateTable('localInvite').set({ spentAt: at }).where('tokenHash', '=', invite.tokenHash).execute()
  const personId = invite.personId ?? deps.newId()
  if (invite.personId) await endSessionsOf(trx, personId, 'set_up_again', at)
  else await addPerson(trx, { personId, invite, name: asked.name.trim(), at })
  await writeLogin(trx, personId, ready)
  await trx.deleteFrom('localPasskey').where('personId', '=', personId).execute()
  await trx.deleteFrom('localRecovery').where('personId', '=', personId).execute()
  const rows = recovery.map((code) => ({ codeHash: sha256(code), personId, spentAt: null }))
  await trx.insertInto('localRecovery').values(rows).execute()
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: personId }, at, {
    ...{ event: invite.personId ? 'local.set_up_again' : 'local.set_up', subjectId: personId },
    detail: { role: invite.role, link: invite.tokenHash.slice(0, 12) },
  })
  await tellLocal(trx, deps, {
    ...{ personId, subjectId: deps.newId(), at, title: '本地管理员设置了登录方式' },
    text: `${asked.name.trim()} 用命令行生成的链接${invite.personId ? '重新设置' : '设置'}了本地登录。不是你们安排的话，请马上处理。`,
  })
  return personId
}

async function addPerson(
  trx: Transaction<Database>,
  { personId, invite, name, at }: { personId: string; invite: Invite; name: string; at: Date },
): Promise<void> {
  const wecomUserId = `${localPrefix}${personId.toLowerCase()}`
  const known = { status: 'active' as const, employmentProvedAt: null, leftAt: null, filingNumber: null }
  await trx
    .insertInto('person')
    .values({ id: personId, wecomUserId, wecomUserKey: wecomUserId, name, ...known, filedUntil: null, createdAt: at })
    .execute()
  await trx.insertInto('personRole').values({ personId, role: invite.role, until: null }).execute()
}

async function writeLogin(trx: Transaction<Database>, personId: string, ready: Ready): Promise<void> {
  const { asked, passwordHash, codeStep, at } = ready
  const invite = await trx
    .selectFrom('localInvite')
    .select('codeSealed')
    .where('tokenHash', '=', sha256(asked.token))
    .executeTakeFirstOrThrow()
  const login = { nameKey: nameKeyOf(asked.name), passwordHash, codeSealed: invite.codeSealed, codeStep, setUpAt: at }
  await trx.deleteFrom('localLogin').where('personId', '=', personId).execute()
  await trx
    .insertInto('localLogin')
    .values({ personId, ...login, announcedUntil: at })
    .execute()
}

function findTaken(db: Deps['db'], name: string, personId: string | null) {
  return db
    .selectFrom('localLogin')
    .select('personId')
    .where('nameKey', '=', nameKeyOf(name))
    .where('personId', '!=', personId ?? '')
    .executeTakeFirst()
}
