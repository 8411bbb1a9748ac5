import type { Insertable } from 'kysely'
import type { AuditEvent } from '../audit/audit-event.ts'
import type { Database } from '../db/schema.ts'
import type { Actor } from '../deps.ts'
import { askRows, favouriteRows } from './content-rows.ts'
import { idAt, type Known } from './known.ts'
import type { PastSend } from './past-rows.ts'
import { contactRows } from './people-rows.ts'

type Entry = Insertable<Database['auditEntry']>

/** What the trail would hold had the world happened here, and that it did not: the last entry says it was loaded. */
export function auditRows(known: Known, sends: readonly PastSend[], refusals: readonly PastSend['send'][]): Entry[] {
  const rep = (id: string): Actor => ({ kind: 'rep', id })
  const sent = sends.map(({ send }) => {
    const { id, repId, accountId = null, contentItemId, decidedAt } = send
    return entry(rep(repId), decidedAt, {
      event: 'send.authorised',
      subjectId: id,
      accountId,
      detail: { contentItemId },
    })
  })
  const attested = sends.flatMap(({ send, facts }) =>
    facts
      .filter((fact) => fact.kind === 'R+' || fact.kind === 'R-')
      .map((fact) => {
        const { id: subjectId, repId, accountId = null } = send
        const detail = { sent: fact.kind === 'R+' }
        return entry(rep(repId), fact.at, { event: 'send.attested', subjectId, accountId, reason: '事后补记', detail })
      }),
  )
  const refused = refusals.map((send) => {
    const { refusals: weighed } = JSON.parse(send.weighed) as { refusals: { reason: string }[] } // written by past-rows.ts
    const detail = { contentItemId: send.contentItemId, reasons: weighed.map((refusal) => refusal.reason) }
    return entry(rep(send.repId), send.decidedAt, {
      event: 'send.refused',
      subjectId: send.id,
      accountId: send.accountId ?? null,
      detail,
    })
  })
  const matched = contactRows(known).flatMap(({ externalUserId, accountId, matchedBy, matchedAt }) =>
    accountId && matchedBy && matchedAt
      ? [entry(rep(matchedBy), matchedAt, { event: 'contact.matched', subjectId: externalUserId, accountId })]
      : [],
  )
  const asked = askRows(known).map(({ accountId, documentId, repId, askedAt }) =>
    entry({ kind: 'hcp', id: accountId }, askedAt, {
      event: 'content.asked_for',
      subjectId: documentId,
      accountId,
      detail: { repId },
    }),
  )
  const loaded = entry({ kind: 'system', id: 'load-world' }, known.now, {
    event: 'world.loaded',
    subjectId: known.world.fingerprint.slice(0, 64),
    detail: { sends: sends.length, content: known.pieces.length, favourites: favouriteRows(known).length },
  })
  return [...matched, ...sent, ...attested, ...refused, ...asked, loaded]
}

function entry(actor: Actor, at: Date, { event, subjectId, accountId = null, reason, detail = {} }: AuditEvent): Entry {
  return {
    ...{ id: idAt(at), at, actorKind: actor.kind, actorId: actor.id, event, subjectId, accountId },
    reason: reason ?? null,
    detail: JSON.stringify(detail),
  }
}
