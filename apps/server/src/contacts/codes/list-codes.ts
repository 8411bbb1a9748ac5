import type { ContactCodeRow, contactCodeEndpoints, Input, Output } from '@vouch/contract'
import { readCursor, writeCursor } from '../../cursor.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { activeReps, countCame, findCodeReps, type RepOfCode } from './code-queries.ts'
import { mayChange } from './code-roles.ts'

type List = typeof contactCodeEndpoints.listContactCodes
type Find = typeof contactCodeEndpoints.findCodeReps
const pageSize = 30
const mostFound = 20

export const rowColumns = [
  ...(['id as codeId', 'kind', 'name', 'language', 'life', 'problem', 'errcode', 'temporary', 'style'] as const),
  ...(['pictureHash', 'createdAt', 'endsAt', 'endedAt'] as const),
] as const

/** Codes, the newest first: whom they lead to, how they stand at WeCom, who came by them. */
export async function listCodes(deps: Deps, me: Session, asked: Input<List>): Promise<Output<List>> {
  const after = readCursor(asked.cursor)
  const found = await deps.db
    .selectFrom('contactCode')
    .select(rowColumns)
    .$if(asked.show !== 'all', (rows) =>
      rows.where('life', asked.show === 'ended' ? 'in' : 'not in', ['ending', 'ended']),
    )
    .$if(after !== undefined, (rows) =>
      rows.where((eb) =>
        eb.or([eb('createdAt', '<', after!.at), eb.and([eb('createdAt', '=', after!.at), eb('id', '<', after!.id)])]),
      ),
    )
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(pageSize + 1)
    .execute()
  const page = found.slice(0, pageSize)
  const last = page.at(-1)
  return {
    rows: await describeCodes(deps.db, page),
    next: last && found.length > pageSize ? writeCursor({ at: last.createdAt, id: last.codeId }) : null,
    may: mayChange(me.roles) ? ['change'] : [],
  }
}

type Row = Omit<ContactCodeRow, 'pictured' | 'temporary' | 'reps' | 'came' | 'welcomed'> & {
  pictureHash: string | null
  temporary: number
}

/** Rows as lists show them; two statements however many. */
export async function describeCodes(db: Deps['db'], rows: readonly Row[]): Promise<ContactCodeRow[]> {
  const ids = rows.map(({ codeId }) => codeId)
  const [reps, { came, welcomed }] = await Promise.all([findCodeReps(db, ids), countCame(db, ids)])
  return rows.map(({ pictureHash, temporary, ...row }) => ({
    ...{ ...row, temporary: Boolean(temporary), pictured: pictureHash !== null },
    reps: reps.filter(({ codeId }) => codeId === row.codeId).map(shownRep),
    ...{ came: came.get(row.codeId) ?? 0, welcomed: welcomed.get(row.codeId) ?? 0 },
  }))
}

const shownRep = ({ repId, name, part, active }: RepOfCode) => ({ repId, name, part, active })

/** Reps to choose from. */
export async function findReps(deps: Deps, { query }: Input<Find>): Promise<Output<Find>> {
  const pattern = `%${query.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const reps = await activeReps(deps.db)
    .$if(query !== '', (rows) =>
      rows.where((eb) =>
        eb.or([eb('person.name', 'like', pattern), eb('person.wecomUserKey', 'like', pattern.toLowerCase())]),
      ),
    )
    .orderBy('person.name')
    .orderBy('person.id')
    .limit(mostFound)
    .execute()
  return { reps }
}
