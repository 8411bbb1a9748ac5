import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readFilesUrl } from './files-url.ts'
import { openFiles } from './open-files.ts'
import { clientSettings } from './s3-bucket.ts'

const cos = 's3://vouch-1250000000/kept?region=ap-shanghai&endpoint=https://cos.ap-shanghai.myqcloud.com'

describe('the address of a store', () => {
  it('is a folder, relative to where the process started', async () => {
    expect(readFilesUrl('file:.data/files')).toEqual({ kind: 'folder', path: resolve('.data/files') })
    const root = mkdtempSync(join(tmpdir(), 'vouch-files-'))
    await openFiles(`file://${root}/deeper`).put('a', Buffer.from('x'))
    expect(readFileSync(join(root, 'deeper/a'), 'utf8')).toBe('x')
    rmSync(root, { recursive: true })
  })

  it('is a bucket of Tencent COS, of Amazon, or of a store that knows buckets as folders', () => {
    const bucket = { kind: 's3', bucket: 'vouch-1250000000', prefix: 'kept', region: 'ap-shanghai' }
    expect(readFilesUrl(cos)).toEqual({ ...bucket, endpoint: 'https://cos.ap-shanghai.myqcloud.com', pathStyle: false })
    expect(readFilesUrl('s3://mine?region=cn-north-1')).toMatchObject({ bucket: 'mine', prefix: '', endpoint: null })
    expect(readFilesUrl('s3://mine/a/b/?region=x&style=path&endpoint=http://minio:9000')).toMatchObject({
      ...{ prefix: 'a/b', pathStyle: true, endpoint: 'http://minio:9000' },
    })
  })

  it.each([
    ['https://example.com/', /must begin with file:/],
    ['file:', /names no folder/],
    ['s3:', /names no bucket/],
    ['s3://a', /names no bucket/],
    ['s3://mine', /names no region/],
    ['s3://id:secret-canary@mine?region=x', /FILES_KEY_ID/],
    ['s3://mine?region=x&endpoint=cos.myqcloud.com', /endpoint/],
    ['s3://mine?region=x&endpoint=http://a/b', /endpoint/],
    ['s3://mine?region=x&style=odd', /style/],
    ['s3://mine?region=x&secret=canary', /parameter secret/],
    ['s3://mine/a b?region=x', /prefix/],
  ])('such as %s is answered with what to do, never with a key', (url, sentence) => {
    expect(() => readFilesUrl(url)).toThrow(sentence)
    expect(() => readFilesUrl(url)).not.toThrow(/canary/)
  })

  it('needs keys when it is a bucket', () => {
    expect(() => openFiles(cos)).toThrow(/FILES_KEY_ID and FILES_KEY_SECRET/)
    expect(() => openFiles(cos, { id: 'x' })).toThrow(/FILES_KEY_SECRET/)
  })

  it('leaves nothing to the environment of the process', () => {
    const address = readFilesUrl(cos)
    if (address.kind !== 's3') throw new Error('is a bucket')
    expect(clientSettings(address, { id: 'x', secret: 'y' })).toMatchObject({
      ...{ region: 'ap-shanghai', endpoint: 'https://cos.ap-shanghai.myqcloud.com', forcePathStyle: false },
      credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
    })
  })
})
