import { randomUUID } from 'node:crypto'
import { startOfShanghaiMonth } from '@vouch/rules'
import type { Insertable } from 'kysely'
import type { Database } from '../db/schema.ts'
import { sha256 } from '../secrets.ts'
import { lookBackMs } from '../sends/around-queries.ts'
import { idAt, type Known } from './known.ts'
import type { WorldRefusal, WorldSend } from './world-file.ts'

type Row<T extends keyof Database> = Insertable<Database[T]>

/** A send of the past with everything that is known of it. */
export type PastSend = {
  send: Row<'send'>
  facts: Row<'fact'>[]
  visits: Row<'linkVisit'>[]
  views: Row<'pageView'>[]
}

const second = 1_000
const minute = 60 * second
const day = 24 * 60 * minute

/** The sends that belong to the world at this moment, oldest first. */
export function pastSends(known: Known): PastSend[] {
  return belonging(known)
    .map((told) => pastSend(known, told))
    .toSorted((one, other) => (one.send.id < other.send.id ? -1 : 1))
}

function belonging(known: Known): WorldSend[] {
  const month = startOfShanghaiMonth(known.now)
  return known.world.pastSends.filter(({ onlyIfBeforeThisMonth: before }) => !before || known.at(before) < month)
}

export function pastRefusals(known: Known): Row<'send'>[] {
  return known.world.pastRefusals.map((told) => ({
    ...sendRow(known, told),
    outcome: 'refused',
    messageDigest: null,
    weighed: weighed(known, told, told.reasons),
  }))
}

function pastSend(known: Known, told: WorldSend): PastSend {
  const send = sendRow(known, told)
  const openedAt = told.facts.includes('O')
    ? after(known, send.decidedAt, (told.openedAfterMinutes ?? 5) * minute)
    : null
  return {
    send,
    facts: told.facts.map((kind) => factRow(known, told, send, kind, openedAt)),
    visits: openedAt ? [{ id: idAt(openedAt), sendId: send.id, visitor: 'addressee', visitedAt: openedAt }] : [],
    views: openedAt ? viewRows(known, told, send.id, openedAt) : [],
  }
}

function sendRow(known: Known, told: WorldSend | WorldRefusal): Row<'send'> {
  const { externalUserId, kind } = told
  const { id: contentItemId, piece } = known.piece(told.documentId, told.version)
  const decidedAt = known.at(told.at)
  const id = idAt(decidedAt)
  return {
    ...{ id, externalUserId, contentItemId, kind, decidedAt, documentId: piece.documentId, class: piece.class },
    requestId: randomUUID(),
    bodyHash: sha256(JSON.stringify([externalUserId, contentItemId, kind, 'single_chat_tools', false])),
    repId: known.personId(told.rep),
    accountId: known.accountId(externalUserId),
    outcome: 'authorised',
    mediaId: null,
    messageDigest: sha256(JSON.stringify([id, contentItemId, kind])), // stands in: no such message was ever made
    policyVersion: 1,
    weighed: weighed(known, told, []),
  }
}

/** What the decision saw, in the words of the snapshot that a real decision keeps. */
function weighed(known: Known, told: WorldSend | WorldRefusal, reasons: readonly string[]): string {
  const { world, at, piece } = known
  const person = world.people.find((one) => one.wecomUserId === told.rep)
  const contact = world.contacts.find((one) => one.externalUserId === told.externalUserId)
  const account = world.accounts.find((one) => one.id === contact?.accountId)
  const { effectiveAt, expiresAt, state, class: kindOf } = piece(told.documentId, told.version).piece
  return JSON.stringify({
    rep: { active: true, employmentProvedAt: at(told.at), filingNumber: person?.entitled?.filingNumber ?? null },
    contact: { followed: true, provedAt: at(told.at), group: false },
    account: account
      ? {
          ...{ hcpVerified: account.hcpVerified, active: account.active, territory: account.territory },
          wishes: { unwanted: [], mostPerMonth: null, quietHours: null },
        }
      : null,
    content: {
      state: reasons.length === 0 ? 'approved' : state,
      class: kindOf,
      effectiveAt: effectiveAt && at(effectiveAt),
      expiresAt: expiresAt && at(expiresAt),
      bytesMatch: true,
    },
    earlierSends: countEarlier(known, told),
    again: false,
    refusals: reasons.map((reason) => ({ reason })),
  })
}

/** What had gone to the same doctor before, as far back as the gate looks. */
function countEarlier(known: Known, { at, externalUserId }: WorldSend | WorldRefusal): number {
  const sentAt = known.at(at).getTime()
  const accountId = known.accountId(externalUserId)
  return belonging(known).filter((other) => {
    const ago = sentAt - known.at(other.at).getTime()
    return known.accountId(other.externalUserId) === accountId && ago > 0 && ago <= lookBackMs
  }).length
}

function factRow(
  known: Known,
  told: WorldSend,
  send: Row<'send'>,
  kind: WorldSend['facts'][number],
  openedAt: Date | null,
): Row<'fact'> {
  const opened = kind === 'O' && openedAt !== null
  const at = opened ? openedAt : after(known, send.decidedAt, delays[kind])
  const fromClient = kind === 'H' || kind === 'K' || kind === 'C' || kind === 'F'
  return {
    ...{ sendId: send.id, kind, at },
    factId: kind === 'A' ? 'A' : randomUUID(),
    author: opened ? (send.accountId ?? 'hcp') : send.repId,
    clientAt: fromClient ? at : null,
    code: kind === 'F' ? (told.failure ?? 'fail') : '',
    seenExternalUserId: opened || fromClient ? told.externalUserId : null,
  }
}

const delays: Record<WorldSend['facts'][number], number> = {
  ...{ A: 0, H: second, K: 3 * second, C: 3 * second, F: 3 * second, O: 5 * minute, 'R+': day, 'R-': day },
}

/** Pages read in order; the first few take longest. Only doctors who agreed to the reading record have any. */
function viewRows(known: Known, told: WorldSend, sendId: string, openedAt: Date): Row<'pageView'>[] {
  const pages = Math.min(told.readPages ?? 0, known.piece(told.documentId, told.version).prepared.pageCount)
  const weights = Array.from({ length: pages }, (_, nth) => 1 + ((nth * 3 + 2) % 5))
  const unit = ((told.readSeconds ?? 0) * second) / weights.reduce((sum, weight) => sum + weight, 0)
  let readMs = 0
  return weights.map((weight, nth) => {
    const visibleMs = Math.round(weight * unit)
    readMs += visibleMs
    return { sendId, page: nth + 1, viewId: randomUUID(), visibleMs, viewedAt: after(known, openedAt, readMs) }
  })
}

/** So much later, but never after now. */
function after({ now }: Known, at: Date, milliseconds: number): Date {
  return new Date(Math.min(now.getTime(), at.getTime() + milliseconds))
}

/** How often each document went to HCPs of each specialty; invitations to consent are not counted. */
export function useRows({ world }: Known, sends: readonly PastSend[]): Row<'contentUse'>[] {
  const rows = new Map<string, { specialty: string; documentId: string; sends: number }>()
  for (const { send } of sends) {
    const specialty = world.accounts.find((account) => account.id === send.accountId)?.specialty
    if (!specialty || send.class === 'consent') continue
    const row = rows.get(`${specialty} ${send.documentId}`) ?? { specialty, documentId: send.documentId, sends: 0 }
    rows.set(`${specialty} ${send.documentId}`, { ...row, sends: row.sends + 1 })
  }
  return [...rows.values()]
}
