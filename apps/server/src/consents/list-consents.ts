import type { consentEndpoints, ConsentRow, Input, Output } from '@vouch/contract'
import { consentState, type Policy } from '@vouch/rules'
import { appendAudit } from '../audit/append-audit.ts'
import { readCursor, writeCursor, type Cursor } from '../cursor.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { scopeOf } from '../people/scope.ts'
import type { Session } from '../people/sessions.ts'
import { loadPolicy } from '../policy/queries.ts'
import { findMaterial, type Material } from './consent-queries.ts'
import { findListed, type ConsentFilter, type ListedRow } from './consent-list-queries.ts'

type Endpoint = typeof consentEndpoints.listConsents
const pageSize = 30

/** What doctors said. Looking is recorded: it shows personal data. */
export async function listConsents(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const own = await scopeOf(deps, me)
  const { rows, more } = await readConsents(deps, asked, {
    own,
    after: readCursor(asked.cursor, asked.order),
    limit: pageSize,
  })
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'consents.viewed', subjectId: me.personId },
      detail: { shown: rows.length, show: asked.show, purpose: asked.purpose, searched: Boolean(asked.query) },
    }),
  )
  const last = more ? rows.at(-1) : undefined
  return { rows, next: last ? writeCursor({ at: last.statedAt, id: last.consentId }, asked.order) : null }
}

/** So many rows after a row, as list and export show them. */
export async function readConsents(
  { db, now }: Deps,
  filter: ConsentFilter,
  { own, after, limit }: { own: readonly string[] | null; after: Cursor | undefined; limit: number },
): Promise<{ rows: ConsentRow[]; more: boolean }> {
  const at = now()
  const [policy, material] = await Promise.all([loadPolicy(db, at), findMaterial(db, at)])
  const found = await findListed(db, filter, { policy, material, at, own, after, limit: limit + 1 })
  const rows = found.slice(0, limit).map((row) => asRow(row, { policy, material, at }))
  return { rows, more: found.length > limit }
}

type Around = { policy: Policy; material: Material; at: Date }

/** Where the doctor stands is what the rule says of their newest word, and nothing kept beside it. */
function asRow({ newest, ...row }: ListedRow, { policy, material, at }: Around): ConsentRow {
  const { purpose, statement, textVersion, statedAt } = row
  const facts = {
    statements: [{ purpose, statement, textVersion, statedAt }],
    ...{ textVersion, oldestValidVersion: material[purpose] ?? 0, invitedAt: null },
  }
  const stands = Number(newest) === 1 ? consentState(facts, policy, at, purpose) : null
  return { ...row, standing: stands?.state ?? null, until: stands?.until ?? null }
}
