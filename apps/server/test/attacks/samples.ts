import { randomUUID } from 'node:crypto'
import { repEndpoints, type Endpoint } from '@vouch/contract'
import { openapi } from '../../src/http/openapi.ts'
import { endpointTable } from '../../src/http/serve.ts'
import { buildOrdinary, buildRep } from '../builders.ts'
import { call, publicUrl, type TestServer } from '../test-server.ts'

type Schema = {
  type?: string
  enum?: string[]
  format?: string
  pattern?: string
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
  const office = endpoint.caller === 'console' ? await buildRep(server, { roles: ['auditor'] }) : undefined
  const cookie = office ? await server.signIn(office, 'console') : ordinary.cookie
  const known: Record<string, unknown> = {
    ...{ ...asked, documentId, accountId: ordinary.accountId, sendId: sent.sendId, ticket: sent.ticket },
    ...{ digest: sent.digest, kind: 'K', url: `${publicUrl}/sidebar/`, cursor: null, days: 30, reason: '看到了' },
  }
  return { ...ordinary, cookie, known }
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
  if (schema.type === 'boolean') return false
  if (schema.type === 'number' || schema.type === 'integer') return 1
  return '甲'
}
