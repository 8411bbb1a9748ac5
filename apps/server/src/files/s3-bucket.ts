import type { Readable } from 'node:stream'
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import { asStoreFault, nameOf, statusOf } from './s3-faults.ts'
import type { Range } from './files.ts'
import type { S3Address } from './s3-files.ts'

export type WrittenPart = { PartNumber: number; ETag: string }
type NewPart = { uploadId: string; number: number; bytes: Buffer; md5: string }
export type Bucket = Awaited<ReturnType<typeof connectBucket>>

/** Parts of writers that died are not paid for longer than this. */
const leftoverAgeMs = 24 * 60 * 60 * 1000

/** Everything given, so that nothing is looked for in the environment or in somebody's home folder. */
export function clientSettings(address: S3Address, keys: { id: string; secret: string }): S3ClientConfig {
  return {
    region: address.region,
    ...(address.endpoint ? { endpoint: address.endpoint } : {}),
    forcePathStyle: address.pathStyle,
    credentials: { accessKeyId: keys.id, secretAccessKey: keys.secret },
    // Sums of the newer kind are unknown to other stores than Amazon's; Content-MD5 is known to all.
    ...{ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' },
    ...{ maxAttempts: 3, retryMode: 'standard', useDualstackEndpoint: false, useFipsEndpoint: false },
    ...{ useArnRegion: false, disableMultiregionAccessPoints: true, followRegionRedirects: false },
    ...{ disableS3ExpressSessionAuth: true, userAgentAppId: 'vouch', defaultsMode: 'standard' },
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
  }
}

/** The few things we ask of a bucket, by key. The library is loaded only here: a folder needs none of it. */
export async function connectBucket(address: S3Address, keys: { id: string; secret: string }) {
  const s3 = await import('@aws-sdk/client-s3')
  const client = new s3.S3Client(clientSettings(address, keys))
  const Bucket = address.bucket
  let conditional = true

  /** Some stores do not know the condition and say so; there the look before is all there is. */
  async function unlessThere(send: (condition: { IfNoneMatch?: '*' }) => Promise<unknown>): Promise<boolean> {
    try {
      await send(conditional ? { IfNoneMatch: '*' } : {})
      return true
    } catch (fault) {
      // The latter: it was completed, and the answer was lost.
      if (statusOf(fault) === 412 || nameOf(fault) === 'NoSuchUpload') return false
      if (statusOf(fault) !== 501 || !conditional) throw asStoreFault(fault)
      conditional = false
      return unlessThere(send)
    }
  }

  return {
    /** Undefined when there is nothing. */
    async lengthOf(Key: string): Promise<number | undefined> {
      try {
        const found = await client.send(new s3.HeadObjectCommand({ Bucket, Key }))
        return found.ContentLength ?? 0
      } catch (fault) {
        if (statusOf(fault) === 404) return undefined
        throw asStoreFault(fault)
      }
    },
    async read(Key: string, range?: Range): Promise<{ stream: Readable; bytes: number }> {
      const Range = range && `bytes=${range.start}-${range.end}`
      const found = await client.send(new s3.GetObjectCommand({ Bucket, Key, Range })).catch(rethrow)
      const whole = found.ContentRange?.split('/')[1] ?? found.ContentLength
      return { stream: found.Body as Readable, bytes: Number(whole) } // on Node the body is a Readable
    },
    /** Returns false when something has the key already. */
    async write(Key: string, Body: Buffer, ContentMD5: string): Promise<boolean> {
      return unlessThere((condition) =>
        client.send(new s3.PutObjectCommand({ Bucket, Key, Body, ContentMD5, ...condition })),
      )
    },
    async begin(Key: string): Promise<string> {
      await sweep(s3, client, { Bucket, Prefix: Key })
      const begun = await client.send(new s3.CreateMultipartUploadCommand({ Bucket, Key })).catch(rethrow)
      return begun.UploadId ?? ''
    },
    async writePart(Key: string, { uploadId, number, bytes, md5 }: NewPart): Promise<WrittenPart> {
      const part = { UploadId: uploadId, PartNumber: number, Body: bytes, ContentMD5: md5 }
      const written = await client.send(new s3.UploadPartCommand({ Bucket, Key, ...part })).catch(rethrow)
      return { PartNumber: number, ETag: written.ETag ?? '' }
    },
    async complete(Key: string, UploadId: string, Parts: WrittenPart[]): Promise<boolean> {
      const named = await unlessThere((condition) =>
        client.send(
          new s3.CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ...condition }),
        ),
      )
      if (!named) await this.abort(Key, UploadId).catch(() => {}) // mostly gone already
      return named
    },
    async abort(Key: string, UploadId: string): Promise<void> {
      await client.send(new s3.AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(rethrow)
    },
    async *list(Prefix: string): AsyncGenerator<string> {
      for (let ContinuationToken: string | undefined, more = true; more;) {
        const asked = new s3.ListObjectsV2Command({ Bucket, Prefix, ContinuationToken })
        const found = await client.send(asked).catch(rethrow)
        for (const { Key } of found.Contents ?? []) if (Key) yield Key
        ContinuationToken = found.NextContinuationToken
        more = ContinuationToken !== undefined
      }
    },
    async remove(Key: string): Promise<void> {
      await client.send(new s3.DeleteObjectCommand({ Bucket, Key })).catch(rethrow)
    },
    async check(): Promise<void> {
      await client.send(new s3.HeadBucketCommand({ Bucket })).catch(rethrow)
    },
  }
}

/** Takes back what a writer of this key left unfinished long ago. A store that does not list them has its own rule for it. */
async function sweep(
  s3: typeof import('@aws-sdk/client-s3'),
  client: S3Client,
  at: { Bucket: string; Prefix: string },
) {
  const found = await client.send(new s3.ListMultipartUploadsCommand(at)).catch(() => undefined)
  for (const { Key, UploadId, Initiated } of found?.Uploads ?? []) {
    if (Key !== at.Prefix || !Initiated || Date.now() - Initiated.getTime() < leftoverAgeMs) continue
    await client.send(new s3.AbortMultipartUploadCommand({ Bucket: at.Bucket, Key, UploadId })).catch(() => {})
  }
}

function rethrow(fault: unknown): never {
  throw asStoreFault(fault)
}
