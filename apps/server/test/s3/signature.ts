import { createHash, createHmac } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex')
/** RFC 3986: everything but letters, digits and - . _ ~ */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

export type Keys = { id: string; secret: string; region: string }

/**
 * Checks a request as "Authenticating Requests (AWS Signature Version 4)" of the S3 documents describes it. Returns the
 * code of the error S3 would answer with, or undefined.
 */
export function checkSignature(
  request: IncomingMessage,
  body: Buffer,
  keys: Keys,
  now = Date.now(),
): string | undefined {
  const { authorization = '' } = request.headers
  const given =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/.exec(
      authorization,
    )
  if (!given) return authorization ? 'AuthorizationHeaderMalformed' : 'AccessDenied'
  const [, id, day = '', region, names = '', signature] = given
  if (id !== keys.id) return 'InvalidAccessKeyId'
  if (region !== keys.region) return 'AuthorizationHeaderMalformed'

  const signed = names.split(';')
  const mustBeSigned = ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))]
  if (mustBeSigned.some((name) => !signed.includes(name))) return 'AccessDenied'
  const time = String(request.headers['x-amz-date'])
  if (!time.startsWith(day) || Math.abs(now - timeOf(time)) > 15 * 60_000) return 'RequestTimeTooSkewed'
  const payload = String(request.headers['x-amz-content-sha256'])
  if (payload !== sha256(body)) return 'XAmzContentSHA256Mismatch'

  const canonical = [
    request.method,
    ...canonicalAddress(request.url ?? ''),
    canonicalHeaders(request, signed),
    names,
    payload,
  ]
  const scope = `${day}/${region}/s3/aws4_request`
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${keys.secret}`)
  const expected = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical.join('\n'))].join('\n')).toString('hex')
  return expected === signature ? undefined : 'SignatureDoesNotMatch'
}

/** The path encoded once, and the parameters sorted by name, each with its `=`. */
function canonicalAddress(address: string): [string, string] {
  const { pathname, searchParams } = new URL(address, 'http://store')
  const path = pathname
    .split('/')
    .map((part) => encode(decodeURIComponent(part)))
    .join('/')
  const query = [...searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).toSorted()
  return [path, query.join('&')]
}

function canonicalHeaders(request: IncomingMessage, signed: string[]): string {
  return signed.map((name) => `${name}:${String(request.headers[name]).trim().replace(/ +/g, ' ')}\n`).join('')
}

function timeOf(stamp: string): number {
  return Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}
