import type { auditEndpoints, Input } from '@vouch/contract'
import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { useAddressFilter } from './use-address-filter.ts'
import { longestQuery } from './use-send-filter.ts'

export type AuditFilter = Omit<Input<typeof auditEndpoints.listAudit>, 'cursor'>

const shaped = (given: unknown, shape: RegExp): string => (typeof given === 'string' && shape.test(given) ? given : '')
const dayShape = /^20\d{2}-\d{2}-\d{2}$/

/** The filter an address asks for; anything else it says is as if it were not there. */
export function readAuditFilter({ event, subject, doctor, from, until, q }: LocationQuery): AuditFilter {
  return {
    event: shaped(event, /^[a-z_]{1,30}\.[a-z_]{1,29}$/),
    subject: shaped(subject, /^[\w.@-]{1,64}$/),
    doctor: shaped(doctor, /^[\w-]{1,40}$/),
    from: shaped(from, dayShape),
    until: shaped(until, dayShape),
    query: typeof q === 'string' ? q.trim().slice(0, longestQuery) : '',
  }
}

export function writeAuditFilter(before: LocationQuery, filter: AuditFilter): LocationQueryRaw {
  const { event, subject, doctor, from, until, query } = filter
  return {
    ...before,
    ...{ event: event || undefined, subject: subject || undefined, doctor: doctor || undefined },
    ...{ from: from || undefined, until: until || undefined, q: query.trim() || undefined },
  }
}

export const useAuditFilter = () => useAddressFilter({ read: readAuditFilter, write: writeAuditFilter })
