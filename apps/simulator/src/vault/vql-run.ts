import { VaultError } from './errors.ts'
import { knownFields } from './fields.ts'
import { newestOf, visibleDocuments, type VaultDocument, type VaultSite, type VaultVersion } from './site.ts'
import { nameOfLabel, stateOf } from './states.ts'
import type { Condition, Query, Value } from './vql-parse.ts'

type Row = { document: VaultDocument; version: VaultVersion }

/** The rows of a query as the vault is at this moment. */
export function runQuery(site: VaultSite, query: Query): Record<string, unknown>[] {
  const known = knownFields(site)
  const fields = [...query.selected, ...query.where, ...(query.orderBy ? [query.orderBy] : [])]
  for (const { field } of fields)
    if (!known.has(field)) throw new VaultError('ATTRIBUTE_NOT_SUPPORTED', `No such field: ${field}`)
  let rows = visibleDocuments(site).flatMap((document) => versionsAsked(document, query.allVersions))
  rows = rows.filter((row) => query.where.every((condition) => holds(row, condition)))
  if (query.latestVersion) rows = newestMatching(rows)
  const { orderBy } = query
  if (orderBy) rows.sort((a, b) => compare(a, b, orderBy.field) * (orderBy.descending ? -1 : 1))
  return rows.map((row) =>
    Object.fromEntries(
      query.selected.map(({ field, toName, as }) => {
        const value = valueOf(row, field)
        return [as, toName ? nameOfLabel(field, value) : value]
      }),
    ),
  )
}

/** `FROM documents` is the newest version only, in whatever state; `ALLVERSIONS` is each (1.7). */
function versionsAsked(document: VaultDocument, allVersions: boolean): Row[] {
  if (allVersions) return document.versions.map((version) => ({ document, version }))
  const version = newestOf(document)
  return version ? [{ document, version }] : []
}

/** `LATESTVERSION`: of each document the newest version that matches, even if a newer one does not (1.7). */
function newestMatching(rows: Row[]): Row[] {
  const newest = new Map<number, Row>()
  for (const row of rows) {
    const before = newest.get(row.document.id)?.version
    const { major, minor } = row.version
    if (!before || major > before.major || (major === before.major && minor > before.minor))
      newest.set(row.document.id, row)
  }
  return [...newest.values()]
}

/** The value of a field as a query or a retrieve delivers it. */
export function valueOf({ document, version }: Row, field: string): unknown {
  if (field === 'id') return document.id
  if (field === 'version_id') return `${document.id}_${version.major}_${version.minor}`
  if (field === 'major_version_number__v') return version.major
  if (field === 'minor_version_number__v') return version.minor
  return version.fields[field] ?? null
}

function holds(row: Row, { field, toName, operator, values }: Condition): boolean {
  const raw = valueOf(row, field)
  const value = toName ? nameOfLabel(field, raw) : raw
  const [wanted = null] = values
  if (typeof wanted === 'object' && wanted !== null) {
    const matches = stateOf(value)?.type === wanted.state
    return operator === '!=' ? !matches : matches
  }
  if (operator === 'CONTAINS') return values.some((one) => equal(value, one))
  if (operator === '=') return equal(value, wanted)
  if (operator === '!=') return !equal(value, wanted)
  return value !== null && wanted !== null && inOrder(value, wanted, operator)
}

/** Values are case-sensitive; a field with several values equals each of them. */
function equal(value: unknown, wanted: Value): boolean {
  if (Array.isArray(value)) return value.includes(wanted)
  return value === wanted || (typeof value === 'number' && String(value) === wanted)
}

function inOrder(value: unknown, wanted: Value, operator: string): boolean {
  const [a, b] = typeof value === 'number' ? [value, Number(wanted)] : [momentOf(value), momentOf(wanted)]
  if (operator === '<') return a < b
  if (operator === '>') return a > b
  return operator === '<=' ? a <= b : a >= b
}

/** A bare date compared with a DateTime means midnight UTC of that day. */
function momentOf(value: unknown): number {
  return Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? `${String(value)}T00:00:00Z` : String(value))
}

function compare(a: Row, b: Row, field: string): number {
  const [left, right] = [valueOf(a, field), valueOf(b, field)]
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return String(left) < String(right) ? -1 : Number(String(left) > String(right))
}
