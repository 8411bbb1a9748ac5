import { randomUUID } from 'node:crypto'
import { repEndpoints, type Endpoint } from '@vouch/contract'
import { inviteLocal } from '../../src/people/local/invite-local.ts'
import { sha256 } from '../../src/secrets.ts'
import { openapi } from '../../src/http/openapi.ts'
import { endpointTable } from '../../src/http/serve.ts'
import { buildOrdinary, buildPiece, buildRep } from '../builders.ts'
import { call, publicUrl, type TestServer } from '../test-server.ts'
import { buildQuarantined } from '../vault/vault-sample.ts'
import { buildCompanyThings } from './company-things.ts'
import { buildMatching } from './matching-things.ts'
import { buildNoticeThings } from './notice-things.ts'
import {
  buildContactCode,
  buildBulk,
  buildWelcomeChange,
  buildDoubles,
  buildHcpRequest,
  buildPaper,
  buildPasskey,
  buildProof,
  makeLocal,
  buildSafetyReport,
  buildScript,
  buildSignings,
  buildUploads,
} from './office-things.ts'
import { buildPeopleThings } from './people-things.ts'
import { buildPolicyThings } from './policy-things.ts'
import { buildView } from './view-things.ts'
import { buildWebhookThings } from './webhook-things.ts'

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
  items?: Schema
  anyOf?: Schema[]
  default?: unknown
}
type Operation = {
  requestBody?: { content: Record<string, { schema: { properties?: Record<string, Schema>; required?: string[] } }> }
}

/** Every try costs a slow hash; they are attacked in src/people/local. */
const slowOnPurpose = ['/api/console/local/sign-in', '/api/console/local/sign-in/passkey']

/** Endpoints that take a body. */
export const posts = endpointTable.filter(({ method, path }) => method === 'POST' && !slowOnPurpose.includes(path))

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
  const known: Record<string, unknown> = {
    ...(office ? await buildOfficeThings(server, office, ordinary, endpoint) : {}),
    ...(/^\/api\/rep\/(papers|uploads)/.test(endpoint.path) ? await buildUploads(server, ordinary.repId) : {}),
    ...{ ...asked, accountId: ordinary.accountId, sendId: sent.sendId, ticket: sent.ticket },
    documentId: endpoint.path.endsWith('/drafts') ? `D-${randomUUID().slice(0, 8)}` : documentId,
    ...{ product: 'PD1', market: 'CN', ways: ['news'], body: '' },
    ...{ verifyName: 'WW_verify_AbC123dEf456.txt', verifyText: 'AbC123dEf456' },
    ...{
      digest: sent.digest,
      kind: 'K',
      url: `${publicUrl}/sidebar/`,
      cursor: null,
      days: 30,
      reason: '看到了',
      why: '看到了',
    },
  }
  if (/^\/api\/(rep|console)\/notices/.test(endpoint.path))
    Object.assign(known, await buildNoticeThings(server, office ?? ordinary.repId, office ? 'console' : 'rep'))
  if (endpoint.path === '/api/rep/account-changes') known['kind'] = 'detail'
  if (endpoint.path === '/api/rep/script') known['contentItemId'] = await buildScript(server, documentId)
  if (endpoint.path.endsWith('/pairs/dismissals')) known['accountId'] = known['pairAccountId']
  if (endpoint.path.endsWith('/accounts/corrections')) Object.assign(known, { territory: 'east', specialty: '' })
  if (endpoint.path.endsWith('/papers/entries')) known['uploadId'] = known['paperUploadId']
  if (/\/(consents|accounts)\/imports\/starts$/.test(endpoint.path)) known['uploadId'] = known['csvUploadId']
  if (endpoint.path.startsWith('/api/console/contact-codes')) {
    const code = await buildContactCode(server, ordinary.repId)
    const words = { wordingZh: '您好，医生。', wordingEn: 'Hello, doctor.' }
    Object.assign(known, code, { ...words, days: '', decision: 'declined' })
    if (endpoint.path.endsWith('/welcome/decisions')) known['changeId'] = await buildWelcomeChange(server)
  }
  if (endpoint.path.includes('/local/'))
    known['token'] = (await inviteLocal(server.deps, { role: 'system_admin' }))?.token
  if (office && endpoint.path.includes('/proofs')) known['proofId'] = await buildProof(server, office, cookie)
  if (office && endpoint.path.includes('/sessions'))
    Object.assign(known, {
      personId: office,
      sessionId: sha256((await server.signIn(office, 'console')).split('=')[1]!),
    })
  if (office && /\/(proofs\/.|passkeys)/.test(endpoint.path)) {
    await makeLocal(server, office, cookie)
    known['passkeyId'] = await buildPasskey(server, office)
  }
  if (office && endpoint.path.startsWith('/api/console/views')) Object.assign(known, await buildView(server, office))
  if (endpoint.path.startsWith('/api/console/company'))
    Object.assign(known, await buildCompanyThings(server, endpoint.path))
  if (endpoint.path.startsWith('/api/console/policy')) Object.assign(known, await buildPolicyThings(server))
  if (endpoint.path.startsWith('/api/console/webhooks'))
    Object.assign(known, await buildWebhookThings(server, office ?? ordinary.repId))
  if (endpoint.path.startsWith('/api/console/people')) Object.assign(known, await buildPeopleThings(server))
  return { ...ordinary, cookie, known }
}

type Ordinary = Awaited<ReturnType<typeof buildOrdinary>>
/** What lies in the office for somebody who holds every role. */
const officeThings: ((server: TestServer, office: string, ordinary: Ordinary) => Promise<Record<string, unknown>>)[] = [
  buildUploads,
  (server, office, { contentItemId }) => buildSignings(server, office, contentItemId),
  (server, office, { contentItemId }) => buildBulk(server, office, contentItemId),
  (server, _, { accountId }) => buildPaper(server, accountId),
  buildSafetyReport,
  buildDoubles,
  buildMatching,
  buildQuarantined,
  (server, _, ordinary) => buildHcpRequest(server, ordinary),
  async (server, toPerson) => ({ noticeItemId: await buildPiece(server), toPerson }),
]
/** Learned when it was made first: what names nothing that an endpoint asks for is not made for it. */
const namesOf = new Map<(typeof officeThings)[number], string[]>()
const alsoUnder: Record<string, string[]> = { accountId: ['pairAccountId'], uploadId: ['paperUploadId', 'csvUploadId'] }

async function buildOfficeThings(server: TestServer, office: string, ordinary: Ordinary, endpoint: Endpoint) {
  const asked = new Set(Object.keys(fieldsOf(endpoint)).flatMap((name) => [name, ...(alsoUnder[name] ?? [])]))
  const things: Record<string, unknown> = {}
  for (const build of officeThings) {
    if (namesOf.get(build)?.every((name) => !asked.has(name))) continue
    const made = await build(server, office, ordinary)
    namesOf.set(build, Object.keys(made))
    Object.assign(things, made)
  }
  return things
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
  if (schema.format === 'date') return '2026-05-01'
  if (schema.type === 'array') return schema.minItems ? [schema.items?.enum?.[0] ?? '甲=乙'] : []
  if (schema.pattern?.includes('__')) return 'title__v' // a field of the vault
  if (schema.anyOf?.some((one) => one.type === 'null')) return null
  if (schema.type === 'boolean') return false
  if (schema.type === 'number' || schema.type === 'integer') return 1
  return '甲'
}
