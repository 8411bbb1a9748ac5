import type { contactCodeEndpoints, Input, Output } from '@vouch/contract'
import { codeTakers, nextSwitch } from '@vouch/rules'
import { appendAudit } from '../../audit/append-audit.ts'
import { readCursor, writeCursor, type Cursor } from '../../cursor.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { mayChange } from './code-roles.ts'
import { describeCodes, rowColumns } from './list-codes.ts'

type Load = typeof contactCodeEndpoints.loadContactCode
const pageSize = 30

/** One code with who came by it. Looking is recorded: it names contacts. */
export async function loadCode(deps: Deps, me: Session, asked: Input<Load>): Promise<Output<Load>> {
  const found = await deps.db
    .selectFrom('contactCode')
    .select(rowColumns)
    .select(['revision', 'wording', 'remark', 'skipVerify', 'days', 'fromMinute', 'untilMinute', 'codeDays'])
    .select(['chatHours', 'configId'])
    .where('id', '=', asked.codeId)
    .executeTakeFirst()
  if (!found) throw new AppError('not_found')
  const { revision, wording, remark, days, fromMinute, untilMinute, codeDays, chatHours, ...rest } = found
  const { skipVerify, configId, ...row } = rest
  const [[described], contacts] = await Promise.all([
    describeCodes(deps.db, [row]),
    findCame(deps.db, asked.codeId, readCursor(asked.cursor)),
  ])
  const page = contacts.slice(0, pageSize)
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'contact_codes.viewed', subjectId: asked.codeId },
      detail: { shown: page.length },
    }),
  )
  const last = contacts.length > pageSize ? page.at(-1) : undefined
  const hours = { days, fromMinute, untilMinute }
  return {
    code: {
      ...described!,
      ...{ revision, wording, remark, ...hours, codeDays, chatHours, skipVerify: Boolean(skipVerify) },
      configId: found.style === null ? null : configId,
      takes: takesNow(described!.reps, hours, deps.now()),
      switchesAt: nextSwitch(hours, deps.now()),
    },
    contacts: page.map(({ following, ...contact }) => ({ ...contact, following: Boolean(following) })),
    next: last?.cameAt ? writeCursor({ at: last.cameAt, id: last.externalUserId }) : null,
    may: mayChange(me.roles) && !['ending', 'ended'].includes(described!.life) ? ['change'] : [],
  }
}

type Reps = Output<Load>['code']['reps']
const takesNow = (reps: Reps, hours: Parameters<typeof codeTakers>[1], now: Date): string[] => {
  const takers = codeTakers(reps, hours, now)
  return reps.filter(({ repId }) => takers.includes(repId)).map(({ name }) => name)
}

/** Contacts whose relation carries this code, the newest first; of several welcomes the newest. */
function findCame(db: Deps['db'], codeId: string, after: Cursor | undefined) {
  return db
    .selectFrom('contactFollow')
    .innerJoin('externalContact', 'externalContact.externalUserId', 'contactFollow.externalUserId')
    .innerJoin('person', 'person.id', 'contactFollow.repId')
    .leftJoin('account', 'account.id', 'externalContact.accountId')
    .select(['contactFollow.externalUserId', 'externalContact.nickname', 'account.name as account'])
    .select(['person.name as rep', 'contactFollow.beganAt as cameAt', 'contactFollow.following'])
    .select((eb) =>
      eb
        .selectFrom('welcome')
        .select('welcome.life')
        .whereRef('welcome.externalUserId', '=', 'contactFollow.externalUserId')
        .whereRef('welcome.repId', '=', 'contactFollow.repId')
        .orderBy('welcome.beganAt', 'desc')
        .limit(1)
        .as('welcome'),
    )
    .where('contactFollow.scanState', '=', codeId)
    .$if(after !== undefined, (rows) =>
      rows.where((eb) =>
        eb.or([
          eb('contactFollow.beganAt', '<', after!.at),
          eb.and([eb('contactFollow.beganAt', '=', after!.at), eb('contactFollow.externalUserId', '<', after!.id)]),
        ]),
      ),
    )
    .orderBy('contactFollow.beganAt', 'desc')
    .orderBy('contactFollow.externalUserId', 'desc')
    .limit(pageSize + 1)
    .execute()
}
