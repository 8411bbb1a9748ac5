import type { Entry, Network, Platform, Switches } from '../session.ts'

/**
 * A state worth seeing, as a choice of persons and switches. What only the product knows (consent, limits, dates) is in
 * its own demo world; the hint says what to look at, and where a choice of persons is not enough.
 */
export type Scenario = {
  code: string
  title: { zh: string; en: string }
  hint: { zh: string; en: string }
  rep: string
  hcp: string
  /** `kind` or `kind:id`; the doctor when left out. */
  visitor?: string
  entry: Entry
  platform: Platform
  network?: Network
  faults?: Partial<Switches>
  /** So many further contacts of the rep, whom no message announces; they stay until a reset. */
  crowd?: number
}
