import { appendAudit } from '../../audit/append-audit.ts'
import { asCsv, csvTime } from '../../csv.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { requireFreshProof } from '../../people/fresh-proof.ts'
import type { Session } from '../../people/sessions.ts'
import { sha256 } from '../../secrets.ts'
import { describeReaders, type ReaderRow } from './describe-readers.ts'
import { findReaders } from './find-readers.ts'
import { readerTexts, type ReaderTexts } from './reader-texts.ts'
import { findStopping } from './withdrawal-queries.ts'

type Asked = { contentItemId: string; language: 'zh' | 'en' }

/**
 * All readers as the list shows them, in its order and columns, with who took the table away and when as its last line.
 * The audit trail keeps the hash of what left.
 */
export async function exportReaders(deps: Deps, me: Session, { contentItemId, language }: Asked): Promise<string> {
  const { db, now, newId } = deps
  const piece = await findStopping(db, contentItemId)
  if (!piece) throw new AppError('content_not_found')
  await requireFreshProof(deps, me)
  const readers = await describeReaders(db, piece, await findReaders(db, piece))
  const [at, exportId, words] = [now(), newId(), readerTexts[language]]
  const lines = readers.map((reader) => lineOf(reader, piece.pageCount, words))
  const text = asCsv([words.headings, ...lines, [words.taken(me.name, csvTime(at), exportId)]])
  await transact(db, (trx) =>
    appendAudit(trx, newId(), { kind: 'admin', id: me.personId }, at, {
      event: 'content.readers_exported',
      subjectId: contentItemId,
      detail: { exportId, rows: readers.length, sha256: sha256(text) },
    }),
  )
  return text
}

function lineOf(reader: ReaderRow, of: number, words: ReaderTexts): string[] {
  const { doctor, title, hospital, how, at, pages, sentBy, rep, notice } = reader
  return [
    ...[doctor, title, hospital, words.how[how], csvTime(at)],
    pages.length === 0 ? '' : `${pages.join(' ')} (${pages.length}/${of})`,
    ...[sentBy, rep ?? words.nobody],
    ...[notice?.title ?? '', csvTime(notice?.askedAt), notice?.askedOf ?? ''],
    ...[notice ? words.standing[notice.standing] : '', csvTime(notice?.sentAt), notice?.sentBy ?? ''],
  ]
}
