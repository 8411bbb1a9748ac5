import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { contentName } from '../../files/file-names.ts'
import type { Session } from '../../people/sessions.ts'
import { findPaper } from './paper-queries.ts'

/** The scan itself, to be held against what was entered. Looking is recorded. */
export async function openScan(deps: Deps, me: Session, paperId: string) {
  const paper = await findPaper(deps.db, paperId)
  if (!paper) throw new AppError('content_not_found')
  const { stream, bytes } = await deps.files.open(contentName(paper.fileHash))
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'consent_paper.viewed', subjectId: paperId, accountId: paper.accountId },
    }),
  )
  return { stream, bytes, mime: paper.mime }
}
