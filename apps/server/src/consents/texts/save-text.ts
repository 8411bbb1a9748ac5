import type { consentEndpoints, Input, Output } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { wordingHash, type Wording } from '../../consent-statement.ts'
import { lockVersion, textSubject } from './text-queries.ts'
import { decideStep, readText, type ReadText } from './text-step.ts'

type Endpoint = typeof consentEndpoints.saveText
type Asked = Input<Endpoint>

/** Saves a draft in both languages. Throws `stale_revision` when somebody saved in between. */
export async function saveText(deps: Deps, me: Session, asked: Asked): Promise<Output<Endpoint>> {
  return transact(deps.db, async (trx) => {
    const read = await readText(trx, await lockVersion(trx, asked.version))
    const at = deps.now()
    const decision = await decideStep(deps, trx, read, { action: 'edit', actorId: me.personId, at })
    if (!decision.allowed) return { outcome: 'refused', refusals: decision.refusals }
    const { text } = read
    if (text.revision !== asked.revision) throw new AppError('stale_revision')
    const wordings = wordingsOf(asked)
    if (isSame(read, asked, wordings)) return { outcome: 'done', version: text.version, revision: text.revision }
    const revision = text.revision + 1
    await save(trx, asked, wordings, revision)
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'consent_text.edited', subjectId: textSubject(text.version), detail: { revision } },
      before: hashesOf(text, read.wordings, text),
      after: hashesOf(text, wordings, asked),
    })
    return { outcome: 'done', version: text.version, revision }
  })
}

/** Lines that are seen on one screen are kept one a line, without the empty ones. */
const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n')

function wordingsOf(asked: Asked): Wording[] {
  return [
    { language: 'zh-CN', title: asked.titleZh, summary: linesOf(asked.summaryZh), body: asked.bodyZh.trim() },
    { language: 'en-US', title: asked.titleEn, summary: linesOf(asked.summaryEn), body: asked.bodyEn.trim() },
  ]
}

function isSame({ text, wordings }: ReadText, asked: Asked, next: readonly Wording[]): boolean {
  const kept = next.every((one) => {
    const before = wordings.find((words) => words.language === one.language)
    return before?.title === one.title && before.summary === one.summary && before.body === one.body
  })
  return kept && Boolean(text.material) === asked.material && text.changeNote === asked.changeNote
}

/** Of words their hash: the words themselves are where versions are compared. */
function hashesOf(
  { version, purpose }: { version: number; purpose: string },
  wordings: readonly Wording[],
  { material, changeNote }: { material: number | boolean; changeNote: string },
) {
  const hashes = wordings.map((words) => [words.language, wordingHash({ version, purpose, ...words })] as const)
  return { material: Boolean(material), changeNote, ...Object.fromEntries(hashes) }
}

async function save(
  trx: Transaction<Database>,
  { version, material, changeNote }: Asked,
  wordings: readonly Wording[],
  revision: number,
): Promise<void> {
  for (const { language, title, summary, body } of wordings) {
    await trx
      .insertInto('consentWording')
      .values({ version, language, title, summary, body })
      .onDuplicateKeyUpdate({ title, summary, body })
      .execute()
  }
  await trx
    .updateTable('consentTextVersion')
    .set({ material, changeNote, revision })
    .where('version', '=', version)
    .execute()
}
