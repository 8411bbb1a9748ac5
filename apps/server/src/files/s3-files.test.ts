import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keys, startS3, type Fate, type S3, type Told } from '../../test/s3/s3-server.ts'
import { hashOf } from './file-hash.ts'
import type { Files } from './files.ts'
import { openFiles } from './open-files.ts'

let s3: S3
let files: Files
beforeEach(async () => {
  s3 = await startS3()
  files = openFiles(s3.url, keys)
})
afterEach(() => s3.stop())

const large = randomBytes(18 * 1024 * 1024)
const whole = { sha256: hashOf(large), bytes: large.length }
async function* source() {
  for (let at = 0; at < large.length; at += 1_000_000) yield large.subarray(at, at + 1_000_000)
}
/** The first request that fits meets this fate. */
function once(fits: (told: Told) => boolean, fate: Fate) {
  let met = false
  s3.judge = (told) => {
    if (met || !fits(told)) return 'pass'
    met = true
    return fate
  }
}
const isPart = (told: Told) => told.query.get('partNumber') === '2'
const completes = (told: Told) => told.method === 'POST' && told.query.has('uploadId')
const isPut = (told: Told) => told.method === 'PUT'

describe('an S3 store', () => {
  it('is asked below the prefix only, signed, and a large file goes in parts', async () => {
    await files.putFrom('content/abc', source(), whole)
    expect([...s3.objects.keys()]).toEqual(['kept/content/abc'])
    expect(s3.told.every(({ key }) => key === 'kept/content/abc' || key === '')).toBe(true)
    expect(s3.told.filter(isPut).map(({ bytes }) => bytes)).toEqual([8 * 1024 * 1024, 8 * 1024 * 1024, 2 * 1024 * 1024])
  })

  it.each([
    ['a part is refused for a moment', isPart, 503],
    ['a part breaks off', isPart, 'cut_before'],
    ['the answer to a part is lost', isPart, 'cut_after'],
    ['the last step breaks off', completes, 'cut_before'],
    ['the answer to the last step is lost', completes, 'cut_after'],
    ['the look before is lost', (told: Told) => told.method === 'HEAD', 'cut_after'],
    ['reading again breaks off', (told: Told) => told.method === 'GET' && !told.query.has('uploads'), 'cut_before'],
  ] as [string, (told: Told) => boolean, Fate][])('keeps one whole object when %s', async (_, fits, fate) => {
    once(fits, fate)
    await files.putFrom('content/abc', source(), whole)
    expect(hashOf(s3.objects.get('kept/content/abc')!)).toBe(whole.sha256)
    expect(s3.uploads.size).toBe(0)
  })

  it.each([
    ['in parts', isPart, () => files.putFrom('content/abc', source(), whole)],
    ['in one request', isPut, () => files.put('content/abc', Buffer.from('some bytes'))],
  ])('that damages bytes is found out by reading again, %s', async (_, fits, write) => {
    once(fits, 'damage')
    await expect(write()).rejects.toThrow(/said to be|not written as given/)
  })

  it('that is away is busy, and nothing is left behind', async () => {
    s3.judge = () => 503
    await expect(files.putFrom('content/abc', source(), whole)).rejects.toMatchObject({ code: 'busy' })
    s3.judge = (told) => (isPart(told) ? 500 : 'pass')
    await expect(files.putFrom('content/abc', source(), whole)).rejects.toMatchObject({ code: 'busy' })
    expect([s3.objects.size, s3.uploads.size]).toEqual([0, 0])
    await s3.stop()
    await expect(files.read('content/abc')).rejects.toMatchObject({ code: 'busy' })
    await expect(files.check()).rejects.toMatchObject({ code: 'busy' })
  })

  it('that refuses our keys, or has no such bucket, says so in a sentence without them', async () => {
    const wrong = openFiles(s3.url, { id: keys.id, secret: 'another-secret-canary' })
    await expect(wrong.read('content/abc')).rejects.toThrow(
      'the store of FILES_URL refuses our keys: SignatureDoesNotMatch',
    )
    await expect(wrong.check()).rejects.toThrow(/refuses our keys/)
    const elsewhere = openFiles(s3.url.replace('vouch-test', 'other-test'), keys)
    await expect(elsewhere.read('content/abc')).rejects.toThrow(/bucket of FILES_URL does not exist/)
  })

  it('that knows no conditions is looked at first', async () => {
    s3.conditional = false
    await files.put('content/abc', Buffer.from('first'))
    await files.put('content/abc', Buffer.from('second'))
    await files.putFrom('content/large', source(), whole)
    expect((await files.read('content/abc')).toString()).toBe('first')
    expect(hashOf(await files.read('content/large'))).toBe(whole.sha256)
  })

  it('gets back what a writer left unfinished long ago', async () => {
    s3.leave('kept/content/abc')
    s3.leave('kept/content/other')
    await files.putFrom('content/abc', source(), whole)
    expect([...s3.uploads.values()].map(({ key }) => key)).toEqual(['kept/content/other'])
  })
})
