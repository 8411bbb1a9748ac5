import { decideConsent, newestStatement } from '@vouch/rules'
import type { Insertable } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../secrets.ts'
import { writeEvidence } from './consent-evidence.ts'
import { activeVersion, type SaidRow, type TextHead } from './consent-queries.ts'
import type { AskedStatements, StatedConsents } from './state-consents.ts'

/** A row as it will stand, whoever it is about. */
type StatedRow = Omit<Insertable<Database['consent']>, 'accountId' | 'requestId'>

/** Weighs each statement by itself against what was said before. Nothing is written here. */
export function decideStatements(
  deps: Pick<Deps, 'now' | 'newId'>,
  { texts, said }: { texts: readonly TextHead[]; said: readonly Omit<SaidRow, 'id'>[] },
  asked: Omit<AskedStatements, 'accountId'>,
): { rows: StatedRow[]; answer: StatedConsents } {
  const now = deps.now()
  const broughtIn = asked.channel === 'paper' || asked.channel === 'import'
  // What was answered on a page was answered to the text in force then, however late the match.
  const inForceAt = broughtIn ? now : (asked.statedAt ?? now)
  const rows: StatedRow[] = []
  const answer: StatedConsents = { accepted: [], refused: [] }
  for (const { purpose, statement, textVersion } of asked.statements) {
    const text = textShown(texts, purpose, textVersion, asked.language)
    const statedAt = asked.statedAt ?? afterAll(now, newestStatement(said, purpose)?.statedAt)
    const decision = decideConsent(
      {
        captured: {
          ...{ purpose, statement, textVersion, statedAt, channel: asked.channel },
          recognised: asked.identity !== 'unknown',
          evidence: asked.evidence.fileHash !== undefined || asked.evidence.source !== undefined,
          confirmed:
            asked.evidence.confirmedBy !== undefined && asked.evidence.confirmedBy !== asked.evidence.enteredBy,
        },
        ofThisPurpose: text !== undefined,
        textVersion: activeVersion(texts, purpose, inForceAt),
      },
      // An answer that was kept before is no promise for tomorrow, whichever server's clock took it down.
      asked.statedAt && !asked.evidence.answerId ? now : statedAt,
    )
    if (!decision.accepted) {
      answer.refused.push({ purpose, statement, refusals: decision.refusals })
      continue
    }
    const id = deps.newId()
    answer.accepted.push({ id, purpose, statement, textVersion, statedAt })
    rows.push({
      ...{ id, purpose, statement, textVersion, statedAt, recordedAt: now },
      ...{ language: asked.language, channel: asked.channel, identity: asked.identity },
      textHash: text?.hash ?? sha256(''),
      evidence: writeEvidence(asked.evidence),
    })
  }
  return { rows, answer }
}

/** The words it was about; a no may be about a version nobody knows. */
const textShown = (texts: readonly TextHead[], purpose: string, version: number, language: string) => {
  const candidates = texts.filter((text) => text.purpose === purpose && text.version === version)
  return candidates.find((text) => text.language === language) ?? candidates[0]
}

/** What is said now is the newest, also when clocks of two servers differ or the last word fell into the same ms. */
const afterAll = (now: Date, last: Date | undefined): Date => (last && last >= now ? new Date(last.getTime() + 1) : now)
