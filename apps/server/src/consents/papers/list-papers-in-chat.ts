import type { Output, repEndpoints } from '@vouch/contract'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { activeVersion, findTextHeads } from '../consent-queries.ts'
import { loadDoctor } from './enter-paper.ts'
import { purposesOf } from './paper-queries.ts'

type Endpoint = typeof repEndpoints.listPapers
const most = 5
const purposes = ['receive', 'reading_record', 'archive'] as const

/**
 * What became of the papers this rep entered for the doctor of a chat, and for which purposes there is a text to have
 * signed. A colleague's papers are not theirs to see.
 */
export async function listPapersInChat(
  { db, now }: Deps,
  me: Session,
  externalUserId: string,
): Promise<Output<Endpoint>> {
  const accountId = await loadDoctor(db, me.personId, externalUserId)
  const at = now()
  const [rows, texts] = [
    await db
      .selectFrom('consentPaper')
      .select(['id as paperId', 'purposes', 'signedAt', 'stage', 'enteredAt', 'settledAt', 'reason'])
      .where('accountId', '=', accountId)
      .where('enteredBy', '=', me.personId)
      .orderBy('id', 'desc')
      .limit(most)
      .execute(),
    await findTextHeads(db),
  ]
  return {
    papers: rows.map((row) => ({ ...row, purposes: purposesOf(row) })),
    purposes: purposes.filter((purpose) => activeVersion(texts, purpose, at) > 0),
    today: new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10),
  }
}
