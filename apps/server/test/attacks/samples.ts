import { randomUUID } from 'node:crypto'
import { repEndpoints, type Endpoint } from '@vouch/contract'
import { openapi } from '../../src/http/openapi.ts'
import { endpointTable } from '../../src/http/serve.ts'
import { buildOrdinary, buildPiece, buildRep } from '../builders.ts'
import { call, publicUrl, type TestServer } from '../test-server.ts'
import { buildQuarantined } from '../vault/vault-sample.ts'

/** Every role there is, so that nothing is refused before it is read. */
const officeRoles = [
  ...['author', 'medical', 'legal', 'compliance', 'compliance_officer', 'manager', 'auditor', 'system_admin'],
  'security_admin',
]

type Schema = {
  type?: string
  enum?: string[]
  format?: string
  pattern?: string
  minItems?: number
  anyOf?: Schema[]
  default?: unknown
}
type Operation = {
  requestBody?: { content: Record<string, { schema: { properties?: Record<string, Schema>; required?: string[] } }> }
}

/** Endpoints that take a body. */
export const posts = endpointTable.filter((endpoint) => endpoint.method === 'POST')

const described = openapi(publicUrl)['paths'] as Record<string, Record<string, Operation>> // made by openapi() itself

/** Every field of an endpoint's input as the interface describes it, so that a new endpoint is attacked without a word here. */
export function fieldsOf(endpoint: Endpoint): Record<string, Schema> {
  return described[endpoint.path]?.['post']?.requestBody?.content['application/json']?.schema.properties ?? {}
}

export const isText = (schema: Schema): boolean =>
  schema.type === 'string' ? !schema.enum : Boolean(schema.anyOf?.some(isText))

/** Text without a shape of its own, which alone gets further than the check of shapes. */
export const isFree = (schema: Schema): boolean =>
  isText(schema) && !schema.pattern && !schema.format && (schema.anyOf ?? []).every((one) => !one.pattern)

/** A rep with a send, who may also enter the office: each attack gets one of their own, because budgets are personal. */
export async function buildAttacker(server: TestServer, endpoint: Endpoint) {
  const ordinary = await buildOrdinary(server)
  const asked = { externalUserId: ordinary.externalUserId, contentItemId: ordinary.contentItemId }
  const { body: sent } = await call(server, ordinary.cookie, repEndpoints.authoriseSend, {
    ...{ requestId: randomUUID(), ...asked, kind: 'news', entry: 'single_chat_tools' },
  })
  const { documentId } = await server.owner
    .selectFrom('contentItem')
    .select('documentId')
    .where('id', '=', ordinary.contentItemId)
    .executeTakeFirstOrThrow()
  const office = endpoint.caller === 'console' ? await buildRep(server, { roles: officeRoles }) : undefined
  const cookie = office ? await server.signIn(office, 'console') : ordinary.cookie
  const brought = office ? await buildUploads(server, office) : {}
  const begun = office ? await buildSigning(server, office, ordinary.contentItemId) : {}
  const noticeItemId = office ? await buildPiece(server) : ''
  const vault = office ? await buildQuarantined(server) : {}
  const asking = office ? await buildHcpRequest(server, ordinary) : {}
  const known: Record<string, unknown> = {
    ...vault,
    ...asking,
    ...{ ...asked, accountId: ordinary.accountId, sendId: sent.sendId, ticket: sent.ticket },
    documentId: endpoint.path.endsWith('/drafts') ? `D-${randomUUID().slice(0, 8)}` : documentId,
    ...{ ...brought, ...begun, noticeItemId, product: 'PD1', market: 'CN', ways: ['news'], body: '' },
    ...{ digest: sent.digest, kind: 'K', url: `${publicUrl}/sidebar/`, cursor: null, days: 30, reason: '看到了' },
  }
  return { ...ordinary, cookie, known }
}

/** What somebody in the office may have brought in: a file on its way, a list, and its import. */
async function buildUploads({ owner, deps }: TestServer, personId: string) {
  const at = deps.now()
  const [uploadId, csvUploadId, importId] = [deps.newId(), deps.newId(), deps.newId()]
  const sha256 = 'a'.repeat(64)
  const life = { personId, problem: null, createdAt: at, endsAt: new Date(at.getTime() + 86_400_000) }
  const file = { ...life, bytes: 5, partBytes: 1, sha256: null, state: 'open' as const, fileHash: null }
  const list = { ...file, state: 'stored' as const, fileHash: sha256 }
  await owner
    .insertInto('upload')
    .values([
      { ...file, id: uploadId, purpose: 'content', fileName: 'a.pdf' },
      { ...list, id: csvUploadId, purpose: 'import', fileName: 'a.csv' },
    ])
    .execute()
  const run = { id: importId, personId, uploadId: csvUploadId, csvHash: sha256, dry: 1, state: 'done' as const }
  await owner
    .insertInto('importRun')
    .values({ ...run, createdAt: at, doneAt: at })
    .execute()
  return { uploadId, csvUploadId, importId, sha256, fileName: 'a.pdf', bytes: 5 }
}

/** A complaint of the doctor, and an answer to it. */
async function buildHcpRequest(
  { owner, deps }: TestServer,
  { accountId, externalUserId }: { accountId: string; externalUserId: string },
) {
  const id = deps.newId()
  const undecided = { openFor: null, decidedBy: null, decidedAt: null, decisionId: null }
  await owner
    .insertInto('hcpRequest')
    .values({
      ...{ id, requestId: randomUUID(), receipt: `T${id.slice(-8)}`, kind: 'complaint', life: 'waiting' },
      ...{ accountId, externalUserId, filedAt: deps.now(), ...undecided },
    })
    .execute()
  return { hcpRequestId: id, answer: '已经核对' }
}

/** A signature they have begun. */
async function buildSigning({ owner, deps }: TestServer, personId: string, contentItemId: string) {
  const at = deps.now()
  const [signingId, statementHash] = [deps.newId(), 'b'.repeat(64)]
  const what = { contentItemId, step: 'medical' as const, decision: 'approve' as const, meaning: '同意', statementHash }
  const life = { begunAt: at, endsAt: at, spentAt: null, outcome: null, renewsUntil: null, requestId: randomUUID() }
  const row = { id: signingId, personId, sessionHash: statementHash, ...what, ...life }
  await owner.insertInto('signing').values(row).execute()
  return { signingId, statementHash }
}

/** An input that the endpoint takes. */
export function sampleOf(endpoint: Endpoint, known: Record<string, unknown>): Record<string, unknown> {
  const fields = Object.entries(fieldsOf(endpoint))
  return Object.fromEntries(fields.map(([name, schema]) => [name, valueOf(name, schema, known)]))
}

function valueOf(name: string, schema: Schema, known: Record<string, unknown>): unknown {
  if (schema.default !== undefined) return schema.default
  const given = known[name]
  if (schema.enum) return schema.enum.includes(String(given)) ? given : schema.enum[0]
  if (given !== undefined) return given
  if (schema.format === 'uuid') return randomUUID()
  if (schema.format === 'date-time') return '2026-05-13T02:00:00.000Z'
  if (schema.type === 'array') return schema.minItems ? ['甲=乙'] : []
  if (schema.pattern?.includes('__')) return 'title__v' // a field of the vault
  if (schema.anyOf?.some((one) => one.type === 'null')) return null
  if (schema.type === 'boolean') return false
  if (schema.type === 'number' || schema.type === 'integer') return 1
  return '甲'
}
