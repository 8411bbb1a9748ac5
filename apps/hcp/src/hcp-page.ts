import type { ConsentAsk, ConsentRecord, Withdrawn } from './consent-views.ts'
import type { OwnView } from './own-views.ts'
import type { SafetyView } from './safety-views.ts'

export type * from './consent-views.ts'
export type * from './own-views.ts'
export type * from './safety-views.ts'

/** What a page shows: plain values, decided by the server. Nothing in here asks or decides. */

export type Language = 'zh-CN' | 'en-US'

/** How the reader wants to see it, remembered by the server in a cookie. `chosen`: the saver is the reader's own choice. */
export type Look = { size: 'normal' | 'large'; saver: boolean; chosen: boolean }

export type Company = {
  name: string
  nameEn: string
  safetyPhone: string
  safetyEmail: string
  privacyEmail: string
}

/**
 * One page of a document as an image. `placeholder` is a tiny data address, or empty; `headings` are what the document's own
 * outline calls the parts that begin here.
 */
export type PageImage = {
  number: number
  width: number
  height: number
  placeholder: string
  text: string
  headings: { depth: number; title: string }[]
}

/** What is said in a video: for its player at `address`, and to be read without it. `voice` is empty when nobody is named. */
export type Captions = {
  address: string
  language: string
  passages: { seconds: number; voice: string; words: string }[]
}

/** `address` answers byte ranges; `poster` is an address or null; `captions` are null where the company gave none. */
export type Video = {
  address: string
  seconds: number
  bytes: number
  poster: string | null
  captions: Captions | null
}

export type Reading = {
  page: 'reading'
  title: string
  contentLanguage: string
  kind: 'document' | 'image' | 'video' | 'article' | 'phrase' | 'script'
  class: 'promotional' | 'scientific' | 'non_promotional' | 'consent'
  version: number
  approvalNumber: string
  effectiveAt: Date | null
  expiresAt: Date | null
  sender: string
  sentAt: Date
  /** Masked name of the addressee, for the mark under each page; null where the piece may be passed on. */
  markedFor: string | null
  pages: PageImage[]
  /** Approved text of an article or a phrase; an article is HTML of which only plain structure is drawn. */
  body: string
  video: Video | null
  /** The file itself, where the piece may go as one; `bytes` is what it costs. */
  file: { format: string; bytes: number } | null
  /** The HCP agreed to the reading record; without it the script is not told to send one. */
  recordsReading: boolean
  /** The version that was sent, when this one stands in its place, and what has changed since. */
  replaces: { version: number; note: string } | null
}

export type Ended = {
  page: 'ended'
  why: 'expired' | 'withdrawn' | 'superseded' | 'revoked' | 'not_consented'
  /** When it ended, if known. */
  since: Date | null
  /** Reason of a withdrawal, as approved for the HCP to read; empty when none was given. */
  reason: string
  /** Sender's name while they are with the company, else null: then nobody can be asked. */
  sender: string | null
  /** Newer approved version, if there is one. */
  successor: { title: string; version: number } | null
  /** The HCP has already asked for it today. */
  asked: boolean
  now: Date
}

export type Trouble = {
  page: 'trouble'
  what: 'busy' | 'wecom_unavailable' | 'not_recognised' | 'bad_state' | 'too_many_requests' | 'internal'
  now: Date
}

export type View =
  | { page: 'neutral'; sender: string | null }
  | { page: 'other_reader'; who: 'contact' | 'member' | 'stranger'; now: Date }
  | Reading
  | Ended
  | Trouble
  | ConsentAsk
  | ConsentRecord
  | Withdrawn
  | OwnView
  | SafetyView

export type HcpPage = {
  language: Language
  look: Look
  /** Demonstration data: said on every page. */
  demo: boolean
  /** Address of this link (`/l/<token>`), `/me` on the doctor's own pages, empty when no link is known. */
  path: string
  /** Address of the browser script, null when there is none: every page works without. */
  script: string | null
  company: Company | null
  view: View
}
