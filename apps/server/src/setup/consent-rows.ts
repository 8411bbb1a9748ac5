import type { Insertable } from 'kysely'
import type { Database } from '../db/schema.ts'
import { statementOfText, wordingHash } from '../consent-statement.ts'
import { sha256 } from '../secrets.ts'
import { idAt, type Known } from './known.ts'

const summaryOf = (lines: readonly string[]) => lines.join('\n')

/** Words in force, or to be: what has no day to begin on is a draft. */
export function consentTextRows({ world, at }: Known): Insertable<Database['consentText']>[] {
  return world.consentTexts.flatMap(({ version, purpose, language, title, summary, body, ...text }) => {
    if (!text.activeFrom) return []
    const wording = { version, purpose, language, title, summary: summaryOf(summary), body }
    return [{ ...wording, hash: wordingHash(wording), material: text.materialChange, activeFrom: at(text.activeFrom) }]
  })
}

export function consentDraftRows({ world }: Known): Insertable<Database['consentWording']>[] {
  return world.consentTexts
    .filter((text) => !text.activeFrom)
    .map(({ version, language, title, summary, body }) => ({
      ...{ version, language, title, summary: summaryOf(summary), body },
    }))
}

/** How each text came to be: signed by the last who approved it. */
export function consentVersionRows(known: Known): Insertable<Database['consentTextVersion']>[] {
  const { world, at, foundedAt, personId } = known
  const versions = [...new Set(world.consentTexts.map((text) => text.version))]
  return versions.map((version) => {
    const texts = world.consentTexts.filter((one) => one.version === version)
    const { purpose, materialChange, activeFrom, approvals, author } = texts[0]!
    const last = approvals.at(-1)
    const approvedAt = last ? at(last.at) : activeFrom ? at(activeFrom) : null
    const statement = statementOfText({
      ...{ version, purpose, material: materialChange, changeNote: '', activeFrom: activeFrom && at(activeFrom) },
      wordings: texts.map((one) => ({ ...one, summary: summaryOf(one.summary) })),
    })
    return {
      ...{ version, purpose, material: materialChange, authorId: author && personId(author) },
      ...{ submittedBy: null, submittedAt: null, returnedReason: null, requestId: null, approvedAt },
      life: activeFrom ? ('approved' as const) : ('draft' as const),
      createdAt: approvedAt ?? foundedAt,
      approvedBy: last ? personId(last.person) : null,
      activeFrom: activeFrom && at(activeFrom),
      ...(approvedAt ? { statement, signedHash: sha256(statement) } : { statement: null, signedHash: null }),
    }
  })
}

export function consentRows(known: Known): Insertable<Database['consent']>[] {
  const texts = consentTextRows(known)
  return known.world.consents.map((consent) => {
    const { accountId, purpose, statement, textVersion, language, channel, evidence } = consent
    const { identity, ...seen } = evidence
    const text = texts.find((one) => one.version === textVersion && one.language === language)
    if (!text) throw new Error(`The demo world has no consent text ${textVersion} in ${language}`)
    const statedAt = known.at(consent.statedAt)
    return {
      ...{ id: idAt(statedAt), accountId, purpose, statement, textVersion, language, identity, statedAt },
      textHash: text.hash,
      channel: channel === 'qr_in_person' ? 'qr' : channel,
      evidence: JSON.stringify(seen),
      recordedAt: statedAt,
      requestId: null,
    }
  })
}

/** The first policy: the defaults of design.md section 7 with what the world changes. */
export function policyRow({ world, foundedAt }: Known): Insertable<Database['policy']> {
  return {
    ...world.policy,
    version: 1,
    reason: 'Defaults at installation',
    changedBy: null,
    approvedBy: null,
    holdsFrom: foundedAt,
  }
}
