import type { Insertable } from 'kysely'
import type { Database } from '../db/schema.ts'
import { sha256 } from '../secrets.ts'
import { idAt, type Known } from './known.ts'

/** Title, what is seen on one screen as `- ` lines, an empty line, and the full text: all of it is what was agreed to. */
export function consentTextRows({ world, at }: Known): Insertable<Database['consentText']>[] {
  return world.consentTexts.map(({ version, language, title, summary, body, materialChange, activeFrom }) => {
    const shown = [...summary.map((line) => `- ${line}`), '', body].join('\n')
    const hash = sha256(`${title}\n${shown}`)
    return { version, language, title, body: shown, hash, material: materialChange, activeFrom: at(activeFrom) }
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
      evidence: JSON.stringify(seen).slice(0, 400),
      recordedAt: statedAt,
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
