import { randomUUID } from 'node:crypto'
import type { VaultAnswer, VaultRequest } from './answer.ts'
import { noSuchThing, VaultError } from './errors.ts'
import type { VaultSite } from './site.ts'
import { parseVql, type Query } from './vql-parse.ts'
import { runQuery } from './vql-run.ts'

const mostLetters = 50_000
const linkLifeMs = 72 * 3_600_000

/** `POST /query` with the form field `q`. */
export function query(site: VaultSite, request: VaultRequest): VaultAnswer {
  const text = request.form.get('q') ?? request.query.get('q')
  if (!text) throw new VaultError('PARAMETER_REQUIRED', 'Missing q.')
  if (text.length > mostLetters) throw new VaultError('INVALID_DATA', 'Query too long.')
  const parsed = parseVql(text)
  const id = randomUUID()
  const pageSize = Math.min(parsed.pageSize ?? site.switches.pageSize, site.switches.pageSize)
  site.queries.set(id, { query: parsed, usedAt: site.now(), pageSize })
  const page = pageOf(site, request, { id, query: parsed, pageSize, offset: parsed.pageOffset })
  if (!request.describe) return { body: page }
  return { body: { responseStatus: 'SUCCESS', queryDescribe: describe(parsed), ...page } }
}

/** A link of an earlier answer, by POST or GET. Rows are read anew: they may repeat or vanish between pages. */
export function nextPage(site: VaultSite, request: VaultRequest, [id = '']: string[]): VaultAnswer {
  const saved = site.queries.get(id)
  if (!saved || site.now() - saved.usedAt > linkLifeMs) throw noSuchThing()
  saved.usedAt = site.now()
  saved.pageSize = Math.max(1, saved.pageSize - site.switches.pageShrinks)
  const offset = Number(request.query.get('pageoffset') ?? 0)
  return { body: pageOf(site, request, { id, query: saved.query, pageSize: saved.pageSize, offset }) }
}

function pageOf(
  site: VaultSite,
  { base }: VaultRequest,
  { id, query, pageSize, offset }: { id: string; query: Query; pageSize: number; offset: number },
): Record<string, unknown> {
  const rows = runQuery(site, query)
  const data = pageSize === 0 ? [] : rows.slice(offset, offset + pageSize)
  const link = (from: number) => `${base}/query/${id}?pagesize=${pageSize}&pageoffset=${from}`
  const end = offset + data.length
  return {
    responseStatus: 'SUCCESS',
    responseDetails: {
      ...{ pagesize: pageSize, pageoffset: offset, size: data.length, total: rows.length },
      ...(pageSize > 0 && end < rows.length ? { next_page: link(end) } : {}),
      ...(offset > 0 ? { previous_page: link(Math.max(0, offset - pageSize)) } : {}),
    },
    data,
  }
}

function describe({ selected }: Query): Record<string, unknown> {
  return {
    object: { name: 'documents', label: 'documents', label_plural: 'documents' },
    fields: selected.map(({ as }) => ({ name: as, type: as === 'id' ? 'id' : 'String', required: as === 'id' })),
  }
}
