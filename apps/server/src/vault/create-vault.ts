import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { receive } from './download.ts'
import { createPace, type Pause } from './pace.ts'
import { createSession } from './session.ts'
import { createSessionRow, type SessionRow } from './session-row.ts'
import { createTransport, VaultRefusal, type VaultBody, type VaultRequest } from './transport.ts'
import type { Vault, VaultAuditEntry, VaultDeletion, VaultFile, VaultRow } from './vault.ts'
import { VaultFault } from './vault-fault.ts'

type Needs = Pick<Deps, 'config' | 'db' | 'secrets' | 'now' | 'log'>
const wait: Pause = (ms) => new Promise((resolve) => void setTimeout(resolve, ms))

/** The connector's Vault, or null when VAULT_URL is not set. `pause` and `row` are for tests of it alone. */
export function createVault(
  deps: Needs,
  { pause = wait, row = createSessionRow(deps) as SessionRow } = {},
): Vault | null {
  if (!deps.config.VAULT_URL) return null
  const pace = createPace(deps, pause)
  const transport = createTransport(deps, { pace, pause })
  const session = createSession(deps, { transport, row })

  /** With our session; one that ended is replaced once and the call repeated once. */
  async function signed<T>(work: (session: string) => Promise<T>): Promise<T> {
    const { id } = await session.value()
    try {
      return await work(id)
    } catch (fault) {
      if (!(fault instanceof VaultRefusal)) throw fault
      if (fault.asks !== 'sign_in') throw asFault(fault)
      const renewed = await session.value(id)
      return work(renewed.id).catch((again: unknown) => Promise.reject(asFault(again)))
    }
  }
  const ask = (asked: VaultRequest) => signed((id) => transport.ask({ ...asked, session: id }))

  return {
    vaultId: async () => (await session.value()).vaultId,
    query: (q) => query(ask, q),
    firstPage: async (q) => {
      const { data, responseDetails } = read(pageOfRows, await ask({ path: '/query', method: 'POST', form: { q } }))
      return { rows: data, more: responseDetails.next_page !== undefined }
    },
    deletions: (from, until) => deletions(ask, from, until),
    auditTrail: (id) => auditTrail(ask, id),
    download: (file, path) =>
      signed((id) => transport.stream({ ...fileRequest(file), session: id }, (answer) => receive(answer, path))).catch(
        notThere,
      ),
    allowance: () => pace.allowance(),
    properties: async () =>
      read(properties, await ask({ path: '/metadata/objects/documents/properties' })).properties.map(
        ({ name }) => name,
      ),
  }
}

type Ask = (asked: VaultRequest) => Promise<VaultBody>
const mostPages = 5_000
const pageOfRows = z.object({
  responseDetails: z.object({ next_page: z.string().optional() }),
  data: z.array(z.record(z.string(), z.unknown())),
})

/** Links of pages may end at any time: the query then starts once more from the beginning (1.6). */
async function query(ask: Ask, q: string): Promise<VaultRow[]> {
  try {
    return await readPages(ask, q)
  } catch (fault) {
    if (!(fault instanceof VaultFault) || fault.problem !== 'refused' || fault.type !== 'MALFORMED_URL') throw fault
    return readPages(ask, q)
  }
}

async function readPages(ask: Ask, q: string): Promise<VaultRow[]> {
  const rows: VaultRow[] = []
  let page = read(pageOfRows, await ask({ path: '/query', method: 'POST', form: { q } }))
  for (let pages = 1; ; pages += 1) {
    rows.push(...page.data)
    const next = page.responseDetails.next_page
    if (!next) return rows
    if (pages === mostPages || page.data.length === 0) throw new VaultFault('unexpected_answer', { type: 'ENDLESS' })
    if (!next.startsWith('/api/')) throw new VaultFault('unexpected_answer', { type: 'FOREIGN_HOST' })
    page = read(pageOfRows, await ask({ path: next, method: 'POST' }))
  }
}

const offsets = z.object({ responseDetails: z.object({ total: z.number(), size: z.number() }) })
const number = z.union([z.number(), z.literal('')])
const deletion = z.object({
  ...{ id: z.number(), major_version_number__v: number, minor_version_number__v: number },
  deletion_type: z.string(),
})

async function deletions(ask: Ask, from: Date, until: Date): Promise<VaultDeletion[]> {
  const query = { start_date: seconds(from), end_date: seconds(until) }
  const rows = await readOffsets(ask, { path: '/objects/deletions/documents', query })
  return rows.map((row) => {
    const { id, major_version_number__v: major, minor_version_number__v: minor, deletion_type } = read(deletion, row)
    const version = major === '' || minor === '' ? null : { major, minor }
    return { id, version, renumbered: deletion_type === 'version_change__sys' }
  })
}

const auditEntry = z.object({
  timestamp: z.coerce.date(),
  user_name: z.string(),
  full_name: z.string().nullish(),
  version: z.string().nullish(),
  signature_meaning: z.string().nullish(),
})

async function auditTrail(ask: Ask, id: number): Promise<VaultAuditEntry[]> {
  const rows = await readOffsets(ask, { path: `/objects/documents/${id}/audittrail`, query: {} })
  return rows.map((row) => {
    const entry = read(auditEntry, row)
    return {
      ...{ at: entry.timestamp, userName: entry.user_name, fullName: entry.full_name ?? entry.user_name },
      ...{ version: entry.version ?? '', signatureMeaning: entry.signature_meaning ?? null },
    }
  })
}

async function readOffsets(ask: Ask, { path, query }: { path: string; query: Record<string, string> }) {
  const rows: unknown[] = []
  for (let pages = 0; pages < mostPages; pages += 1) {
    const body = await ask({ path, query: { ...query, limit: '1000', offset: String(rows.length) } })
    const { total, size } = read(offsets, body).responseDetails
    if (Array.isArray(body['data'])) rows.push(...(body['data'] as unknown[]))
    if (size === 0 || rows.length >= total) return rows
  }
  throw new VaultFault('unexpected_answer', { type: 'ENDLESS' })
}

const properties = z.object({ properties: z.array(z.object({ name: z.string() })) })

function fileRequest({ id, major, minor, rendition, protectedCopy }: VaultFile): VaultRequest {
  const path = `/objects/documents/${id}/versions/${major}/${minor}/renditions/${rendition}`
  return { path, ...(protectedCopy ? {} : { query: { protectedRendition: 'false' } }) }
}

/** A rendition is missing for minutes after an approval; Vault then says so in the envelope (1.9). */
function notThere(fault: unknown): null {
  if (fault instanceof VaultFault && fault.problem === 'refused' && fault.type !== 'FILE_TOO_LARGE') return null
  throw fault
}

function asFault(fault: unknown): unknown {
  if (!(fault instanceof VaultRefusal)) return fault
  return new VaultFault(fault.asks === 'stop' ? 'sign_in_stopped' : 'refused', { type: fault.type })
}

function read<T>(shape: z.ZodType<T>, given: unknown): T {
  const parsed = shape.safeParse(given)
  if (!parsed.success) throw new VaultFault('unexpected_answer')
  return parsed.data
}

const seconds = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`
