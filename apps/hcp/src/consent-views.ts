/** What is asked of a doctor and what they said, as plain values decided by the server. */

export type Purpose = 'receive' | 'reading_record' | 'archive'

/** Where the doctor stands on a purpose; `since` is null for `never`. */
export type Standing = {
  purpose: Purpose
  state: 'never' | 'invited' | 'opted_in' | 'declined' | 'withdrawn' | 'outdated' | 'expired'
  since: Date | null
  version: number | null
}

/** The text of one purpose as it is asked for now. */
export type AskedPurpose = {
  purpose: Purpose
  version: number
  title: string
  summary: string[]
  body: string
  /** Only ever what the doctor ticked a moment ago. */
  ticked: boolean
  /** What became of the text since it was shown; null when it is the same. */
  changes: { added: string[]; removed: string[] } | null
}

export type ConsentAsk = {
  page: 'consent'
  sender: string | null
  /** The doctor's own name, only when this browser is known to be theirs. */
  doctor: string | null
  /** Receiving first; each of the others may be left out. */
  purposes: AskedPurpose[]
  /** Where the answer goes. */
  action: string
  channel: 'link' | 'qr' | 'own_page'
  /** Stands for what had been stated when this was shown, so that the same answer twice is one statement. */
  basis: string
  problem: 'receive_missing' | 'replaced' | null
  /** WeChat is asked who answers, because this browser is not known yet. */
  asksIdentity: boolean
}

/** What was recorded, for the doctor who said it. */
export type ConsentRecord = {
  page: 'consent_record'
  sender: string | null
  standings: Standing[]
  /** From when the doctor may be asked again after a no; null when nobody may be kept from it. */
  until: Date | null
  /** A piece that was sent and not opened yet. */
  waiting: { title: string; path: string } | null
  /** Where the text can be answered again. */
  askPath: string
}

export type Withdrawn = {
  page: 'withdrawn'
  /** Null when there was nothing to withdraw. */
  since: Date | null
  purposes: Purpose[]
}
