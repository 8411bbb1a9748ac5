import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { checkSignature, type Keys } from './signature.ts'

type Upload = { key: string; at: Date; parts: Map<number, Buffer> }
export type Told = { method: string; key: string; query: URLSearchParams; bytes: number }
/** What becomes of a request: served; answered with a status; the connection cut before or after it was done; stored with one bit changed. */
export type Fate = 'pass' | 'cut_before' | 'cut_after' | 'damage' | number

const bucket = 'vouch-test'
export const keys: Keys = { id: 'KEY-ID-CANARY', secret: 'key-secret-canary', region: 'ap-shanghai' }
const day = 86_400_000

/**
 * A store of one bucket as the S3 documents describe it (API reference: PutObject, GetObject, HeadObject, DeleteObject,
 * ListObjectsV2, HeadBucket and the five multipart actions), strict where they are: signatures, MD5, conditions, parts of
 * at least 5 MiB but for the last. `judge` decides the fate of each request.
 */
export async function startS3() {
  const objects = new Map<string, Buffer>()
  const uploads = new Map<string, Upload>()
  const store = {
    objects,
    uploads,
    told: [] as Told[],
    judge: (_: Told): Fate => 'pass',
    conditional: true,
    pageKeys: 2,
  }

  const server = createServer(async (request, response) => {
    const body = await buffer(request).catch(() => undefined)
    if (!body) return
    const address = new URL(request.url ?? '', 'http://store')
    const [, named, ...rest] = decodeURIComponent(address.pathname).split('/')
    const asked: Told = {
      method: request.method ?? '',
      key: rest.join('/'),
      query: address.searchParams,
      bytes: body.length,
    }
    store.told.push(asked)
    const refused = checkSignature(request, body, keys)
    if (refused) return answerError(response, 403, refused)
    if (named !== bucket) return answerError(response, 404, 'NoSuchBucket')
    const fate = store.judge(asked)
    if (typeof fate === 'number') return answerError(response, fate, fate === 503 ? 'SlowDown' : 'InternalError')
    if (fate === 'cut_before') return void request.socket.destroy()
    const answer = serve(store, request, asked, fate === 'damage' ? damaged(body) : body, body)
    if (fate === 'cut_after') return void request.socket.destroy()
    response.writeHead(answer.status, { 'x-amz-request-id': randomUUID(), ...answer.headers })
    response.end(request.method === 'HEAD' ? undefined : answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const stop = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  return Object.assign(store, {
    endpoint,
    stop,
    url: `s3://${bucket}/kept?region=${keys.region}&endpoint=${endpoint}&style=path`,
    /** What writers of the day before yesterday left. */
    leave: (key: string) =>
      void uploads.set(randomUUID(), { key, at: new Date(Date.now() - 2 * day), parts: new Map() }),
  })
}
export type S3 = Awaited<ReturnType<typeof startS3>>

type Store = Pick<S3, 'objects' | 'uploads' | 'conditional' | 'pageKeys'>
type Answer = { status: number; headers?: Record<string, string>; body?: Buffer | string }

function serve(store: Store, request: IncomingMessage, asked: Told, kept: Buffer, sent: Buffer): Answer {
  const { method, key, query } = asked
  const md5 = request.headers['content-md5']
  if (md5 !== undefined && md5 !== createHash('md5').update(sent).digest('base64')) return error(400, 'BadDigest')
  const condition = request.headers['if-none-match']
  if (condition !== undefined) {
    if (!store.conditional) return error(501, 'NotImplemented')
    if (method !== 'GET' && store.objects.has(key)) return error(412, 'PreconditionFailed')
  }
  if (query.has('uploads') || query.has('uploadId')) return serveParts(store, asked, kept)
  if (method === 'PUT') {
    store.objects.set(key, kept)
    return { status: 200, headers: { ETag: etagOf(kept) } }
  }
  if (method === 'DELETE') {
    store.objects.delete(key)
    return { status: 204 }
  }
  if (key === '') return method === 'HEAD' ? { status: 200 } : list(store, query)
  return read(store.objects.get(key), request.headers.range)
}

function read(found: Buffer | undefined, range: string | undefined): Answer {
  if (!found) return error(404, 'NoSuchKey')
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? []
  if (first === undefined) return { status: 200, headers: { 'Content-Length': String(found.length) }, body: found }
  if (Number(first) >= found.length) return error(416, 'InvalidRange')
  const part = found.subarray(Number(first), Number(last) + 1)
  const end = Number(first) + part.length - 1
  return {
    status: 206,
    headers: { 'Content-Range': `bytes ${first}-${end}/${found.length}`, 'Content-Length': String(part.length) },
    body: part,
  }
}

/** Few keys a page, so that whoever reads must turn pages. */
function list({ objects, pageKeys }: Store, query: URLSearchParams): Answer {
  const after = query.get('continuation-token') ?? ''
  const all = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after).toSorted()
  const page = all.slice(0, pageKeys)
  const more = all.length > page.length
  const next = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
  const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')
  return xml(`<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${contents}</ListBucketResult>`)
}

function serveParts({ objects, uploads }: Store, { method, key, query }: Told, bytes: Buffer): Answer {
  const id = query.get('uploadId') ?? ''
  if (query.has('uploads') && method === 'GET') {
    const lines = [...uploads].map(
      ([upload, { key: theirs, at }]) =>
        `<Upload><Key>${theirs}</Key><UploadId>${upload}</UploadId><Initiated>${at.toISOString()}</Initiated></Upload>`,
    )
    return xml(`<ListMultipartUploadsResult>${lines.join('')}</ListMultipartUploadsResult>`)
  }
  if (query.has('uploads')) {
    const begun = randomUUID()
    uploads.set(begun, { key, at: new Date(), parts: new Map() })
    return xml(`<InitiateMultipartUploadResult><UploadId>${begun}</UploadId></InitiateMultipartUploadResult>`)
  }
  const upload = uploads.get(id)
  if (upload?.key !== key) return error(404, 'NoSuchUpload')
  if (method === 'PUT') {
    upload.parts.set(Number(query.get('partNumber')), bytes)
    return { status: 200, headers: { ETag: etagOf(bytes) } }
  }
  if (method === 'POST') {
    const wanted = [...bytes.toString().matchAll(/<Part>.*?<\/Part>/gs)].map(([part]) => ({
      number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
      etag: /<ETag>(.*?)</.exec(part)?.[1]?.replaceAll('&quot;', '"'),
    }))
    const parts = wanted.map(({ number }) => upload.parts.get(number) ?? Buffer.alloc(0))
    if (wanted.some(({ etag }, at) => etag !== etagOf(parts[at]!))) return error(400, 'InvalidPart')
    if (parts.slice(0, -1).some((part) => part.length < 5 * 1024 * 1024)) return error(400, 'EntityTooSmall')
    objects.set(key, Buffer.concat(parts))
  }
  uploads.delete(id)
  return method === 'POST'
    ? xml(
        `<CompleteMultipartUploadResult><Key>${key}</Key><ETag>"whole-${randomUUID()}"</ETag></CompleteMultipartUploadResult>`,
      )
    : { status: 204 }
}

const etagOf = (bytes: Buffer): string => `"${createHash('md5').update(bytes).digest('hex')}"`
const xml = (body: string): Answer => ({ status: 200, headers: { 'Content-Type': 'application/xml' }, body })
const error = (status: number, code: string): Answer => ({ ...xml(`<Error><Code>${code}</Code></Error>`), status })

function answerError(response: ServerResponse, status: number, code: string): void {
  const { headers, body } = error(status, code)
  response.writeHead(status, headers).end(body)
}

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  copy[0] = (copy[0] ?? 0) ^ 1
  return copy
}
