import type { Standing } from './consent-views.ts'

/** The doctor's own pages, as plain values decided by the server. */

/** Nobody is known yet, or whoever answered is no contact of the company. */
export type OwnDoor = { page: 'own_door'; who: 'member' | 'stranger' | null }

export type ReceivedPiece = {
  title: string
  sender: string
  sentAt: Date
  /** Null when the addressee never opened it. */
  openedAt: Date | null
  /** Pages read, as far as that was agreed to. */
  pagesRead: number
  pages: number
  /** `copy`: it went as a file or text, which no link shows. */
  state: 'live' | 'revoked' | 'expired' | 'withdrawn' | 'superseded' | 'not_consented' | 'copy'
  path: string | null
}

export type Statement = {
  purpose: Standing['purpose']
  statement: 'opted_in' | 'declined' | 'opted_out'
  at: Date
  version: number
  channel: string
}

export type Pause = { until: Date | null; open: boolean }

export type Mine = {
  page: 'mine'
  name: string
  about: string
  /** No doctor of ours belongs to this contact yet. */
  unmatched: boolean
  standings: Standing[]
  history: Statement[]
  received: ReceivedPiece[]
  more: boolean
  pause: Pause | null
  wishes: { unwanted: number; mostPerMonth: number | null; quiet: string | null }
  /** Requests that are still open, by their numbers. */
  requests: OwnRequest[]
}

export type Received = { page: 'received'; pieces: ReceivedPiece[]; next: string | null; first: boolean }

export type Wishes = {
  page: 'wishes'
  topics: { code: string; name: string; wanted: boolean }[]
  mostPerMonth: number | null
  /** What the company allows itself at most. */
  companyMost: number
  quietFrom: string
  quietUntil: string
  companyQuiet: string
  pause: Pause | null
  revision: number
  said: 'saved' | 'paused' | 'resumed' | 'elsewhere' | 'quiet_unclear' | null
}

export type OwnRequest = {
  receipt: string
  kind: 'erasure' | 'complaint'
  life: 'waiting' | 'done' | 'refused'
  filedAt: Date
  decidedAt: Date | null
  wording: string
  answer: string
  /** Records the law asks for, which an erasure left; null where nothing was erased. */
  kept: { sends: number; consents: number; papers: number; safetyReports: number } | null
}

export type Erasure = { page: 'erasure'; requests: OwnRequest[]; open: boolean; requestId: string }

export type Complaint = {
  page: 'complaint'
  requests: OwnRequest[]
  requestId: string
  typed: string
  problem: 'empty' | null
}

/** Everything the company holds about one doctor, as it stands in the records; the machine form is this and no other. */
export type OwnRecords = {
  person: {
    name: string
    title: string
    hospital: string
    department: string
    specialty: string
    territory: string
    licenceNumber: string
    verified: boolean
    pausedUntil: Date | null
  } | null
  contacts: { nickname: string; rep: string; remark: string; connected: boolean }[]
  consents: {
    at: Date
    purpose: Standing['purpose']
    statement: Statement['statement']
    textVersion: number
    textHash: string
    language: string
    channel: string
    identity: string
  }[]
  /** Papers entered as consents, and what became of them. */
  papers: {
    at: Date
    purposes: Standing['purpose'][]
    enteredAt: Date
    stage: 'waiting' | 'confirmed' | 'rejected'
  }[]
  sends: { number: string; at: Date; title: string; version: number; rep: string; way: string; class: string }[]
  openings: { number: string; at: Date; title: string; by: string }[]
  reading: { number: string; at: Date; title: string; page: number; seconds: number }[]
  wishes: {
    unwanted: string[]
    mostPerMonth: number | null
    quietFrom: number | null
    quietUntil: number | null
  } | null
  requests: OwnRequest[]
  /** Adverse reactions reported under the doctor's name. */
  safetyReports: {
    number: string
    at: Date
    happened: string
    product: string
    occurred: string
    seriousness: 'serious' | 'not_serious' | 'unknown'
    contact: string
  }[]
  asks: { at: Date; title: string; rep: string }[]
  /** What was said to them when they added a rep. */
  welcomes: { at: Date; rep: string; wording: string; life: string }[]
  /** What reps asked to have put right about them. */
  changes: {
    at: Date
    rep: string
    name: string
    title: string
    hospital: string
    department: string
    licenceNumber: string
    note: string
    life: string
  }[]
  /** What an earlier list said of their will, without evidence: it counts for nothing. */
  claims: { at: Date; purpose: Standing['purpose']; claimed: string; statedAt: Date | null; source: string }[]
  /** Who serves them, and where. */
  servedBy: { rep: string; territory: string; productLine: string; from: string | null; until: string | null }[]
  access: { at: Date; by: 'rep' | 'hcp' | 'admin' | 'system'; event: string }[]
}

/** The records to be read, and the same for programs. */
export type OwnCopy = { page: 'copy'; name: string; madeAt: Date; records: OwnRecords; machine: string }

export type OwnView = OwnDoor | Mine | Received | Wishes | Erasure | Complaint | OwnCopy
