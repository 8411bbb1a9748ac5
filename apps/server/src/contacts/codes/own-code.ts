import type { Input, Output, repEndpoints } from '@vouch/contract'
import { errnoOf, transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { findCompany } from '../../evidence/queries.ts'
import type { Session } from '../../people/sessions.ts'
import { addCode } from './ask-code.ts'
import { countCame } from './code-queries.ts'

type Endpoint = typeof repEndpoints.ownCode

/** The rep's own code; wished for at the first look, made by the job a moment later. A rep has one, however often they look. */
export async function ownCode(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const known = await findOwn(deps.db, me.personId)
  if (!known) await wish(deps, me, asked.requestId)
  const [code, company] = await Promise.all([
    known ? Promise.resolve(known) : findOwn(deps.db, me.personId),
    findCompany(deps.db),
  ])
  const { came } = await countCame(deps.db, code ? [code.id] : [])
  return {
    code: code
      ? {
          ...{ codeId: code.id, life: code.life, problem: code.problem, came: came.get(code.id) ?? 0 },
          picture: code.pictureHash ? `/api/rep/contact-code/${code.id}/picture` : null,
        }
      : null,
    ...{ rep: me.name, company: company?.name ?? '' },
  }
}

const findOwn = (db: Deps['db'], repId: string) =>
  db
    .selectFrom('contactCode')
    .select(['id', 'life', 'problem', 'pictureHash'])
    .where('ownOf', '=', repId)
    .executeTakeFirst()

async function wish(deps: Deps, me: Session, requestId: string): Promise<void> {
  const row = {
    ...{ requestId, kind: 'rep' as const, ownOf: me.personId, name: me.name.slice(0, 40), language: 'zh-CN' as const },
    ...{ style: null, skipVerify: 1, temporary: 0, codeDays: null, chatHours: null, fromMinute: null },
    ...{ untilMinute: null, createdBy: me.personId },
  }
  const lead = { row, mainIds: [me.personId], backupIds: [] }
  await transact(deps.db, (trx) => addCode(deps, trx, { kind: 'rep', id: me.personId }, lead)).catch(
    (fault: unknown) => {
      // Looked at twice at the same time: the key of the owner, or of the request, lets one through.
      if (errnoOf(fault) !== 1062) throw fault
    },
  )
}
