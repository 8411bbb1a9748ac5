/** The report of an adverse reaction, as plain values. */

export type SafetyTyped = {
  happened: string
  product: string
  occurred: string
  seriousness: 'serious' | 'not_serious' | 'unknown'
  contact: string
  unnamed: boolean
}

export type SafetyForm = {
  page: 'safety'
  /** The same words under the same id are one report, however often they are sent. */
  requestId: string
  typed: SafetyTyped
  wrong: 'empty' | 'too_long' | null
  /** Nothing was taken; everything that was typed is still there. */
  trouble: 'busy' | 'too_many_requests' | null
  /** This browser is known to be a doctor's. */
  recognised: boolean
  now: Date
}

export type SafetyReceived = { page: 'safety_received'; receipt: string; at: Date }

export type SafetyView = SafetyForm | SafetyReceived
