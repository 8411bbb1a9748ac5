import { consents } from './consents.ts'
import { accountId, accounts, doctors, externalUserId, type Doctor } from './doctors.ts'
import { people } from './people.ts'
import type { Account, FactLetter, PastSend, Person, Piece, When } from './world-types.ts'

const youngest = 33
/** Ten days apart: at most 4 in any month, as the cap wants, and never the same piece within 14 days. */
const stride = 10

/**
 * Three months of ordinary sends that end 33 days ago, so that reports have something to show and this month's caps stay
 * what the told sends say. Every one obeyed the rules on its day; the invitation before each consent is among them.
 */
export function buildHistory(content: readonly Piece[]): PastSend[] {
  const random = seeded(20260417)
  const sends = doctors.flatMap((doctor, index) => [
    ...invitationsOf(doctor),
    ...ordinarySends(doctor, index, content, random),
  ])
  return sends.map((send, index) => ({ ...send, id: `SEND-H${String(index + 1).padStart(3, '0')}` }))
}

function invitationsOf(doctor: Doctor): PastSend[] {
  const given = consents.filter(
    (row) => row.accountId === accountId(doctor) && row.purpose === 'receive' && row.channel === 'link',
  )
  return given.flatMap((row) => {
    const daysAgo = daysAgoOf(row.statedAt)
    if (row.statement !== 'opted_in' || daysAgo <= youngest || !row.evidence.rep) return []
    const english = row.language === 'en-US'
    return {
      ...send(doctor, row.evidence.rep, { days: -daysAgo, at: '12:31' }, ['A', 'H', 'K', 'O']),
      documentId: english ? 'CON-0002' : 'CON-0001',
      version: english ? 1 : row.textVersion,
      openedAfterMinutes: 7,
    }
  })
}

function ordinarySends(doctor: Doctor, index: number, content: readonly Piece[], random: () => number): PastSend[] {
  const account = accounts.find((one) => one.id === accountId(doctor))
  const consented = consentedDaysAgo(doctor, 'receive')
  if (!account || consented === null || !account.hcpVerified) return []
  const sends: PastSend[] = []
  for (let daysAgo = youngest + 3 + (index % 6); daysAgo < Math.min(consented, 125); daysAgo += stride) {
    const rep = repOf(doctor, account, random)
    const choice = rep ? choices(content, rep, account, daysAgo) : []
    const chosen = choice[(index + Math.floor(daysAgo / stride)) % Math.max(choice.length, 1)]
    const lastOfIt = sends.find((one) => one.documentId === chosen?.documentId)
    if (!rep || !chosen || (lastOfIt && daysAgo - daysAgoOf(lastOfIt.at) < 15) || random() < 0.25) continue
    sends.push(outcome(doctor, rep, chosen, daysAgo, random))
  }
  return sends.reverse()
}

/** A rep of this doctor who may work in the doctor's territory and has a filing. */
function repOf(doctor: Doctor, account: Account, random: () => number): Person | undefined {
  const able = people.filter(
    (person) =>
      doctor.reps.includes(person.wecomUserId) &&
      person.entitled?.filingNumber &&
      person.entitled.territories.includes(account.territory),
  )
  return able[Math.floor(random() * able.length)]
}

/** Pieces that could go to this doctor on that day. */
function choices(content: readonly Piece[], rep: Person, account: Account, daysAgo: number): Piece[] {
  return content.filter(
    (piece) =>
      piece.class !== 'consent' &&
      piece.kind !== 'script' &&
      piece.market === 'CN' &&
      (piece.language === 'zh-CN') === (account.name !== account.nameEn) &&
      piece.effectiveAt !== null &&
      daysAgoOf(piece.effectiveAt) > daysAgo &&
      (piece.state !== 'superseded' || daysAgo > 46) &&
      (!piece.withdrawn || daysAgoOf(piece.withdrawn.at) < daysAgo) &&
      (!piece.expiresAt || daysAgoOf(piece.expiresAt) < daysAgo) &&
      (piece.product === '' || rep.entitled?.products.includes(piece.product)) &&
      (piece.audience.length === 0 || piece.audience.includes(account.specialty)),
  )
}

function outcome(doctor: Doctor, rep: Person, piece: Piece, daysAgo: number, random: () => number): PastSend {
  const at = {
    days: -daysAgo,
    at: `${String(9 + Math.floor(random() * 9)).padStart(2, '0')}:${10 + Math.floor(random() * 49)}`,
  }
  const link = piece.kinds[0] === 'news'
  const dice = random()
  const facts: FactLetter[] =
    dice < 0.05 ? ['A', 'H', 'C'] : dice < 0.08 ? ['A', 'H', 'F'] : dice < 0.13 ? ['A', 'H'] : ['A', 'H', 'K']
  const base = { ...send(doctor, rep.wecomUserId, at, facts), ...named(piece) }
  if (facts.includes('F')) return { ...base, failure: 'sendChatMessage:fail' }
  if (!facts.includes('K') || !link || random() < 0.35) return base
  const read = { openedAfterMinutes: 3 + Math.floor(random() * 600) }
  const readingAgreed = (consentedDaysAgo(doctor, 'reading_record') ?? -1) > daysAgo
  if (!readingAgreed || !piece.pages) return { ...base, facts: [...facts, 'O'], ...read }
  const readPages = Math.max(1, Math.ceil(piece.pages * (0.3 + random() * 0.7)))
  return {
    ...base,
    facts: [...facts, 'O'],
    ...read,
    readPages,
    readSeconds: readPages * (9 + Math.floor(random() * 30)),
  }
}

function send(doctor: Doctor, rep: string, at: When, facts: FactLetter[]): PastSend {
  return { id: '', rep, externalUserId: externalUserId(doctor), documentId: '', version: 1, kind: 'news', at, facts }
}

function named(piece: Piece): Pick<PastSend, 'documentId' | 'version' | 'kind'> {
  return { documentId: piece.documentId, version: piece.version, kind: piece.kinds[0] ?? 'news' }
}

/** Days since the consent to text 2 that still stands, null without one. */
function consentedDaysAgo(doctor: Doctor, purpose: string): number | null {
  const rows = consents.filter((row) => row.accountId === accountId(doctor) && row.purpose === purpose)
  const newest = rows.sort((one, other) => daysAgoOf(one.statedAt) - daysAgoOf(other.statedAt))[0]
  return newest?.statement === 'opted_in' && newest.textVersion === 2 ? daysAgoOf(newest.statedAt) : null
}

function daysAgoOf(when: When): number {
  return 'days' in when ? -when.days : 0
}

/** A small linear congruential generator: the same numbers on every machine. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
