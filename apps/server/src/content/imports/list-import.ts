import type { importEndpoints, Input, Output } from '@vouch/contract'
import { sql } from 'kysely'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { selectRuns, summaryOf, type RunRow } from './import-runs.ts'

type Asked = Input<typeof importEndpoints.lookAtImport>
type Answer = Output<typeof importEndpoints.lookAtImport>
const rowsAtOnce = 200

/** How far an import of this person is, and what became of its rows. Throws `upload_not_found`. */
export async function listImport(deps: Deps, me: Session, asked: Asked): Promise<Answer> {
  const run = await loadImport(deps, me, asked.importId)
  const found = await findRows(deps.db, asked)
  const rows = found.slice(0, rowsAtOnce).map(({ line, piece, ...row }) => ({
    ...{ ...row, line: line ?? row.number + 1, contentItemId: null as string | null, title: '' },
    ...(piece && pieceOf(piece)),
  }))
  return { ...summaryOf(run), rows, next: found.length > rows.length ? (rows.at(-1)?.number ?? null) : null }
}

export async function loadImport(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  me: Session,
  importId: string,
): Promise<RunRow> {
  const run = await selectRuns(db, { personId: me.personId, now: now() })
    .where('importRun.id', '=', importId)
    .executeTakeFirst()
  if (!run) throw new AppError('upload_not_found')
  return run
}

/** `piece`: the newest version of the document, whatever made it. */
function findRows(db: Deps['db'], { importId, after, failedOnly }: Asked) {
  let asked = db
    .selectFrom('importRow')
    .select(['number', 'line', 'outcome', 'documentId', 'field', 'problem'])
    .select(
      sql<string | null>`(select concat(content_item.id, ' ', content_item.title) from content_item
        where content_item.document_id = import_row.document_id order by content_item.version desc limit 1)`.as(
        'piece',
      ),
    )
    .where('runId', '=', importId)
    .where('number', '>', after)
  if (failedOnly) asked = asked.where('outcome', '=', 'failed')
  return asked
    .orderBy('number')
    .limit(rowsAtOnce + 1)
    .execute()
}

function pieceOf(piece: string): { contentItemId: string; title: string } {
  const space = piece.indexOf(' ')
  return { contentItemId: piece.slice(0, space), title: piece.slice(space + 1) }
}
