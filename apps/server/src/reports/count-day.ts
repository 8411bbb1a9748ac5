import { countingSends, sendClass, verdict, type PastSend } from '@vouch/rules'
import type { Insertable, Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { ReportDimension } from '../db/tables/reports.ts'
import { readSends, startOfDay } from './day-queries.ts'
import { measuresOf, type CountedSend } from './measures.ts'

export type DayCounts = {
  counts: Insertable<Database['reportCount']>[]
  readers: Insertable<Database['reportReader']>[]
  contacts: Insertable<Database['reportContact']>[]
}

/** Counts one Shanghai day from the facts, whatever was counted of it before. */
export async function countDay(db: Kysely<Database>, day: number): Promise<DayCounts> {
  const sends: CountedSend[] = []
  for await (const page of readSends(db, startOfDay(day), startOfDay(day + 1))) sends.push(...page)
  return { ...countSends(sends, day), contacts: countContacts(sends, day) }
}

const members = (send: CountedSend): Record<ReportDimension, string> => ({
  whole: '',
  document: send.documentId,
  version: send.contentItemId,
  rep: send.repId,
  hospital: send.doctor?.hospitalId ?? '',
  specialty: send.doctor?.specialty ?? '',
})

function countSends(sends: readonly CountedSend[], day: number): Pick<DayCounts, 'counts' | 'readers'> {
  const counts = new Map<string, DayCounts['counts'][number]>()
  const readers = new Map<string, DayCounts['readers'][number]>()
  for (const send of sends) {
    const measures = measuresOf(send)
    const place = { day, product: send.product, territory: send.doctor?.territory ?? '' }
    for (const [dimension, member] of Object.entries(members(send)) as [ReportDimension, string][]) {
      const cell = { dimension, ...place, member }
      for (const [measure, n] of measures) {
        const key = JSON.stringify([dimension, member, place.product, place.territory, measure])
        const counted = counts.get(key) ?? { ...cell, measure, n: 0 }
        counts.set(key, { ...counted, n: counted.n + n })
      }
      if (!send.reading || !send.doctor) continue
      const { accountId } = send.doctor
      readers.set(JSON.stringify([dimension, member, place, accountId]), { ...cell, accountId })
    }
  }
  return { counts: [...counts.values()], readers: [...readers.values()] }
}

const evidence: Partial<Record<NonNullable<ReturnType<typeof sendClass>>, number>> = { proven: 3, opened: 2, client: 1 }

/** Each doctor's share of the day; what counts is what the gate counts towards the limit. */
function countContacts(sends: readonly CountedSend[], day: number): DayCounts['contacts'] {
  const sent = sends.filter(({ outcome, doctor, class: of }) => outcome === 'authorised' && doctor && of !== 'consent')
  const bySend = new Map(sent.map((send) => [send.sendId, send]))
  const contacts = new Map<string, DayCounts['contacts'][number]>()
  const add = ({ doctor, product }: CountedSend, counted: number, reached: number): void => {
    const { accountId } = doctor! // as below
    const key = JSON.stringify([accountId, product])
    const known = contacts.get(key) ?? { day, accountId, product, counted: 0, evidence: 0 }
    contacts.set(key, { ...known, counted: known.counted + counted, evidence: Math.max(known.evidence, reached) })
  }
  for (const send of sent) add(send, 0, evidence[sendClass(verdict(send.facts)) ?? 'open'] ?? 0)
  const byDoctor = new Map<string, PastSend[]>()
  for (const { doctor, at, ...send } of sent) {
    const { accountId } = doctor! // those without were left out above
    byDoctor.set(accountId, [...(byDoctor.get(accountId) ?? []), { ...send, authorisedAt: at }])
  }
  for (const ofDoctor of byDoctor.values())
    for (const { sendId } of countingSends(ofDoctor)) add(bySend.get(sendId)!, 1, 0)
  return [...contacts.values()]
}
