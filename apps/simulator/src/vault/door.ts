import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { VaultAnswer, VaultCall, VaultRequest } from './answer.ts'
import {
  listRenditions,
  listVersions,
  relationships,
  rendition,
  retrieve,
  retrieveVersion,
  sourceFile,
} from './documents.ts'
import { errorEnvelope, noSuchThing, VaultError } from './errors.ts'
import { takeFault, throwFault, withWarning } from './faults.ts'
import { metadata } from './fields.ts'
import { auditTrail, listDeletions } from './history.ts'
import { listActions, runAction } from './lifecycle.ts'
import { countCall } from './limits.ts'
import { nextPage, query } from './query.ts'
import { checkSession, keepAlive, signIn, signOut, whoAmI } from './sign-in.ts'
import type { FaultKind, VaultSite } from './site.ts'

const document = '/objects/documents/(\\d+)'
const version = `${document}/versions/(\\d+)/(\\d+)`
const at = (path: string): RegExp => new RegExp(`^${path}$`)

/** Every call that is played. */
const calls: VaultCall[] = [
  { method: 'POST', path: at('/auth'), kind: 'auth', withoutSession: true, answer: signIn },
  { method: 'POST', path: at('/keep-alive'), kind: 'other', answer: keepAlive },
  { method: 'DELETE', path: at('/session'), kind: 'other', answer: signOut },
  { method: 'GET', path: at('/objects/users/me'), kind: 'other', answer: whoAmI },
  { method: 'POST', path: at('/query'), kind: 'query', answer: query },
  { method: 'POST', path: at('/query/([\\w-]+)'), kind: 'page', answer: nextPage },
  { method: 'GET', path: at('/query/([\\w-]+)'), kind: 'page', answer: nextPage },
  {
    method: 'GET',
    path: at('/metadata/objects/documents/properties'),
    kind: 'metadata',
    answer: () => ({ body: metadata() }),
  },
  { method: 'GET', path: at('/objects/deletions/documents'), kind: 'deletions', answer: listDeletions },
  { method: 'GET', path: at(document), kind: 'document', answer: retrieve },
  { method: 'GET', path: at(`${document}/versions`), kind: 'document', answer: listVersions },
  { method: 'GET', path: at(`${document}/audittrail`), kind: 'audit', answer: auditTrail },
  { method: 'GET', path: at(version), kind: 'document', answer: retrieveVersion },
  { method: 'GET', path: at(`${version}/renditions`), kind: 'document', answer: listRenditions },
  { method: 'GET', path: at(`${version}/renditions/(\\w+)`), kind: 'file', answer: rendition },
  { method: 'GET', path: at(`${version}/file`), kind: 'file', answer: sourceFile },
  { method: 'GET', path: at(`${version}/relationships`), kind: 'document', answer: relationships },
  { method: 'GET', path: at(`${version}/lifecycle_actions`), kind: 'other', answer: listActions },
  { method: 'PUT', path: at(`${version}/lifecycle_actions/(\\w+)`), kind: 'other', answer: runAction },
]

/** Answers a call below `/api/v…`. */
export async function answerVault(
  site: VaultSite,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  body: Buffer,
): Promise<void> {
  const request = readRequest(incoming, body)
  const call = calls.find((one) => one.method === request.method && one.path.test(request.path))
  const kind = call?.kind ?? 'other'
  const authorized = request.authorization !== ''
  site.calls.push({ kind, path: request.path, at: site.now(), authorized })
  const { headers, delayMs } = countCall(site)
  const fault = takeFault(site, kind)
  const answer = decideAnswer(site, { request, call, fault })
  await pause(site.switches.latencyMs + delayMs + (answer.delayMs ?? 0))
  if (fault && networkFault(site, fault, { answer, outgoing })) return
  const told = 'body' in answer && fault === 'warning' ? { body: withWarning(site, answer.body) } : answer
  send(outgoing, told, {
    ...headers,
    'X-VaultAPI-ExecutionId': randomUUID(),
    'X-VaultAPI-VaultId': String(site.vaultId),
  })
}

function decideAnswer(
  site: VaultSite,
  { request, call, fault }: { request: VaultRequest; call: VaultCall | undefined; fault: FaultKind | null },
): VaultAnswer {
  try {
    throwFault(site, fault)
    if (!call) throw noSuchThing()
    if (!call.withoutSession) checkSession(site, request.authorization)
    return call.answer(site, request, (call.path.exec(request.path) ?? []).slice(1))
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    return { body: errorEnvelope(error) } // HTTP 200 for handled errors too
  }
}

/** What a network or a proxy in front of Vault does; true when it took the answer's place. */
function networkFault(
  site: VaultSite,
  fault: FaultKind,
  { answer, outgoing }: { answer: VaultAnswer; outgoing: ServerResponse },
): boolean {
  if (fault === '429' || fault === '503') {
    const retryAfter = String(site.switches.retryAfterSeconds)
    outgoing.writeHead(Number(fault), { 'content-type': 'text/plain', 'retry-after': retryAfter }).end('later')
    return true
  }
  if (fault === 'html') {
    outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Maintenance</body></html>')
    return true
  }
  if (fault !== 'cut') return false
  const bytes = 'bytes' in answer ? answer.bytes : Buffer.from(JSON.stringify(answer.body))
  outgoing.writeHead(200, { 'content-type': 'application/octet-stream' })
  outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => outgoing.destroy())
  return true
}

function send(outgoing: ServerResponse, answer: VaultAnswer, headers: Record<string, string>): void {
  if ('bytes' in answer) {
    const name = answer.fileName ? { 'content-disposition': `attachment;filename="${answer.fileName}"` } : {}
    outgoing.writeHead(200, { ...headers, 'content-type': answer.type, ...name }) // chunked: no length is told
    const half = Math.floor(answer.bytes.length / 2)
    outgoing.write(answer.bytes.subarray(0, half))
    outgoing.end(answer.bytes.subarray(half))
    return
  }
  const status = String(answer.body['responseStatus'])
  outgoing.writeHead(200, { ...headers, 'content-type': 'application/json;charset=UTF-8', 'X-VaultAPI-Status': status })
  outgoing.end(JSON.stringify(answer.body))
}

function readRequest(incoming: IncomingMessage, body: Buffer): VaultRequest {
  const host = `http://${incoming.headers.host ?? 'localhost'}`
  const address = new URL(incoming.url ?? '/', host)
  const [, base = '', path = ''] = /^(\/api\/v[\d.]+)(.*)$/.exec(address.pathname) ?? []
  const isForm = String(incoming.headers['content-type']).startsWith('application/x-www-form-urlencoded')
  return {
    ...{ method: incoming.method ?? 'GET', path, base, host, query: address.searchParams },
    form: new URLSearchParams(isForm ? body.toString('utf8') : ''),
    authorization: incoming.headers.authorization ?? '',
    describe: incoming.headers['x-vaultapi-describequery'] === 'true',
  }
}

const pause = (ms: number): Promise<void> | void =>
  ms > 0 ? new Promise((resolve) => void setTimeout(resolve, ms)) : undefined
