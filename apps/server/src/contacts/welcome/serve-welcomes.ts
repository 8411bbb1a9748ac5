import type { Deps } from '../../deps.ts'
import { findPersonByUserId } from '../../people/queries.ts'
import { askAtWelcome } from './ask-at-welcome.ts'
import { findCompanyWords, findNames, findScannedCode, wasJustWelcomed } from './welcome-queries.ts'
import * as rows from './welcome-rows.ts'
import { welcomeWords, type WelcomeLanguage } from './welcome-words.ts'

const claimed = 32
const atOnce = 8
const longestMs = 15_000
/** WeCom takes a welcome this long after the event, and once (wecom-platform.md 3.7). */
const goodMs = 20_000
const againMs = 500
/** Two messages of WeCom about one tap are not two hellos. */
const sameTapMs = 60_000

/**
 * Says hello to new contacts while WeCom takes it: apart from everything else that follows from a message, because that may
 * wait and this may not. Each code is spent once, by whichever instance is first; what comes too late is recorded and not
 * sent.
 */
export async function serveWelcomes(deps: Deps, others: rows.Others): Promise<void> {
  const endsAt = performance.now() + longestMs
  while (performance.now() < endsAt) {
    const due = await rows.claimWelcomes(deps, claimed)
    if (due.length === 0) return
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let next = due.shift(); next; next = due.shift()) await serve(deps, others, next)
      }),
    )
  }
}

async function serve(deps: Deps, others: rows.Others, due: rows.DueWelcome): Promise<void> {
  const [person, code] = await Promise.all([
    findPersonByUserId(deps.db, due.userId),
    findScannedCode(deps.db, due.scanState),
  ])
  const begun = await rows.beginWelcome(deps, due, { repId: person?.id ?? null, contactCodeId: code?.id ?? null })
  if (!begun) return
  const { codeHash, triedAt } = begun
  const settle = (life: Parameters<typeof rows.settleWelcome>[3]['life'], errcode?: number) =>
    rows.settleWelcome(deps, others, due, { codeHash, life, ...(errcode === undefined ? {} : { errcode }) })

  if (deps.now().getTime() - due.occurredAt.getTime() > goodMs) return settle(triedAt ? 'unknown' : 'late')
  if (person?.status !== 'active' || !due.externalUserId) return settle('no_rep')
  const pair = { repId: person.id, externalUserId: due.externalUserId }
  const since = new Date(deps.now().getTime() - sameTapMs)
  if (!triedAt && (await wasJustWelcomed(deps.db, { ...pair, since }))) return settle('already')
  try {
    const said = await speak(deps, others, { due, rep: person, codeHash, code })
    if (!said) return await rows.leaveWelcome(deps, due, { waitMs: againMs })
    if (said.outcome === 'elsewhere') return await rows.leaveWelcome(deps, due, { waitMs: againMs, untried: !triedAt })
    // An earlier attempt of which we heard nothing may be the one that WeCom took.
    if (said.outcome !== 'sent' && triedAt) return await settle('unknown')
    await settle(said.outcome, said.outcome === 'refused' ? said.errcode : undefined)
  } catch (fault) {
    const { code: why } = fault as { code?: unknown } // whatever was thrown
    deps.log.warn({ digest: due.digest, attempts: begun.attempts, code: why }, 'a welcome waits')
    await rows.leaveWelcome(deps, due, { waitMs: againMs * 2 })
  }
}

type Served = {
  due: rows.DueWelcome
  rep: { id: string; name: string; wecomUserId: string }
  codeHash: string
  code: { language: WelcomeLanguage; wording: string } | undefined
}

/** Hands the words to WeCom. Undefined when WeCom does not show the relation yet. */
async function speak(deps: Deps, others: rows.Others, { due, rep, codeHash, code }: Served) {
  const language = code?.language ?? 'zh-CN'
  const [asked, company, names] = await Promise.all([
    askAtWelcome(deps, others, { due, rep, codeHash }),
    findCompanyWords(deps.db),
    findNames(deps.db, rep.name, language),
  ])
  if (asked.outcome === 'wait') return undefined
  const asks = asked.outcome === 'asks'
  const template = code?.wording || (language === 'en-US' ? company.wordingEn : company.wordingZh)
  const wording = welcomeWords(template, { language, names, asks })
  await rows.noteTried(deps, codeHash, { wording, sendId: asked.sendId, asksConsent: asks })
  if (asks) {
    const { sendId } = asked
    const seen = { clientAt: null, seenExternalUserId: due.externalUserId }
    await others.appendFact(deps.db, { sendId, kind: 'H', factId: 'welcome', author: rep.id, at: deps.now(), ...seen })
  }
  return deps.wecom.sendWelcome({ code: due.welcomeCode, text: wording, card: asks ? asked.card : null })
}
