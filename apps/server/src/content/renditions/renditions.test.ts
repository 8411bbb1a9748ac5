import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildPdf } from '../../../test/pdf.ts'
import { buildRenderer } from '../../../test/renderer.ts'
import { openFiles } from '../../files/open-files.ts'
import type { Files } from '../../files/files.ts'
import { sha256 } from '../../secrets.ts'
import { createRenditions, type Renditions } from './renditions.ts'
import { runRenderer, type OnPage } from './run-renderer.ts'

let renderer: Awaited<ReturnType<typeof buildRenderer>>
let folder: string
let files: Files
let renditions: Renditions

beforeAll(async () => {
  renderer = await buildRenderer()
})
afterAll(() => renderer.remove())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-renditions-'))
  files = openFiles(`file:${folder}`)
  renditions = createRenditions({ files, program: renderer.program })
  return () => rmSync(folder, { recursive: true, force: true })
})

const drawn = (bytes: Buffer) => renditions.pagesOf(sha256(bytes), bytes)

describe('a document becomes pages', () => {
  it('with its words, a placeholder and three widths that a phone can load', async () => {
    const pdf = await buildPdf({ pages: 3 })
    const pages = await drawn(pdf)
    expect(pages.map((page) => page.number)).toEqual([1, 2, 3])
    for (const page of pages) {
      expect(page.text).toContain(`示例研究摘要 第 ${page.number} 页`)
      expect(page.text).toContain('主要终点为总生存期')
      expect([page.width, page.height]).toEqual([1080, 1527])
      expect(page.placeholder).toMatch(/^data:image\/webp;base64,/)
      expect(page.placeholder.length).toBeLessThan(1_500)
      for (const [width, budget] of [
        [480, 45_000],
        [720, 90_000],
        [1080, 180_000],
      ] as const) {
        const image = await files.read(`pages/${sha256(pdf)}/${page.number}-${width}.webp`)
        expect(image.length).toBeLessThanOrEqual(budget)
        const { format, ...size } = await sharp(image).metadata()
        expect([format, size.width]).toEqual(['webp', width])
      }
    }
  })

  it('with what its own outline calls the parts that begin on each', async () => {
    const pages = await drawn(await buildPdf({ pages: 2, outline: true }))
    expect(pages.map((page) => page.headings)).toEqual(['1 第 1 章\n2 第 1 章第 1 节', '1 第 2 章\n2 第 2 章第 1 节'])
    expect((await drawn(await buildPdf({ pages: 1 })))[0]?.headings).toBe('')
  })

  it('drawn once, also when asked twice at once or again after a restart', async () => {
    const pdf = await buildPdf({ pages: 1 })
    const [one, other] = await Promise.all([drawn(pdf), drawn(pdf)])
    expect(other).toEqual(one)
    const noProgram = createRenditions({ files, program: '/nowhere' })
    expect(await noProgram.pagesOf(sha256(pdf), pdf)).toEqual(one)
  })

  it('drawn again when an image is gone', async () => {
    const pdf = await buildPdf({ pages: 1 })
    await drawn(pdf)
    rmSync(join(folder, `pages/${sha256(pdf)}/1-720.webp`))
    await drawn(pdf)
    expect(await files.has(`pages/${sha256(pdf)}/1-720.webp`)).toBe(true)
  })
})

describe('a picture becomes one page', () => {
  it('upright, never enlarged, on white', async () => {
    const png = await sharp({ create: { width: 900, height: 1800, channels: 4, background: '#1a66d680' } })
      .png()
      .toBuffer()
    expect(await drawn(png)).toMatchObject([{ number: 1, width: 900, height: 1800, text: '' }])
    const turned = await sharp(png).flatten().jpeg().withMetadata({ orientation: 6 }).toBuffer()
    expect(await drawn(turned)).toMatchObject([{ width: 1080, height: 540 }])
  })

  it('of photographs too, within twice the budget', async () => {
    const photo = await sharp({
      create: {
        width: 1200,
        height: 1600,
        channels: 3,
        background: '#808080',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .jpeg()
      .toBuffer()
    await drawn(photo)
    expect((await files.read(`pages/${sha256(photo)}/1-480.webp`)).length).toBeLessThan(90_000)
  })
})

/** A page with one picture of 8,000 by 8,000: 190 kB as a file, 192 MB when read whole. */
function floodPdf(): Buffer {
  const side = 8_000
  const pixels = deflateSync(Buffer.alloc(side * side * 3, 200), { level: 9 })
  const head = `%PDF-1.7
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Count 1/Kids[3 0 R]>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>> endobj
4 0 obj <</Length 24>> stream
500 0 0 500 0 0 cm /I Do
endstream endobj
5 0 obj <</Type/XObject/Subtype/Image/Width ${side}/Height ${side}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode/Length ${pixels.length}>> stream
`
  return Buffer.concat([Buffer.from(head), pixels, Buffer.from('\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n')])
}

describe('a file that cannot be drawn', () => {
  it('is refused with a reason and leaves nothing that counts as drawn', async () => {
    const pdf = await buildPdf({ password: 'secret' })
    await expect(drawn(pdf)).rejects.toMatchObject({ problem: 'encrypted' })
    expect(await files.has(`pages/${sha256(pdf)}/pages.json`)).toBe(false)
  })

  it('one whose picture would fill the memory is drawn within it', { timeout: 60_000 }, async () => {
    const path = join(folder, 'flood.pdf')
    writeFileSync(path, floodPdf())
    const pages: number[] = []
    const limits = { memoryBytes: 400 * 1024 * 1024 }
    await runRenderer(
      { program: renderer.program, task: 'draw', path, limits },
      async (page) => (pages.push(page.number), 'go_on'),
    )
    expect(pages).toEqual([1])
  })
})

describe('the drawing process', () => {
  const never: OnPage = async () => 'go_on'
  async function run(limits: { pageMs?: number; wholeMs?: number; memoryBytes?: number }, onPage = never) {
    const path = join(folder, 'given.pdf')
    writeFileSync(path, await buildPdf({ pages: 4 }))
    return runRenderer({ program: renderer.program, task: 'draw', path, limits }, onPage)
  }

  it('is ended when a page takes too long', async () => {
    await expect(run({ pageMs: 20 })).rejects.toMatchObject({ problem: 'too_slow' })
  })

  it('is ended when the whole takes too long', async () => {
    await expect(run({ wholeMs: 400 })).rejects.toMatchObject({ problem: 'too_slow' })
  })

  it('is ended when it takes too much memory', async () => {
    await expect(run({ memoryBytes: 30 * 1024 * 1024 })).rejects.toMatchObject({ problem: 'too_large' })
  })

  it('that dies is a broken file, not a broken server', async () => {
    writeFileSync(join(folder, 'dies.mjs'), 'process.exit(7)')
    const dying = createRenditions({ files, program: join(folder, 'dies.mjs') })
    const pdf = await buildPdf({ pages: 1 })
    await expect(dying.pagesOf(sha256(pdf), pdf)).rejects.toMatchObject({ problem: 'broken' })
  })

  it('that says something else than pages is a broken file', async () => {
    writeFileSync(join(folder, 'lies.mjs'), "process.send({ page: { number: 1, of: 1, placeholder: 'javascript:1' } })")
    const lying = createRenditions({ files, program: join(folder, 'lies.mjs') })
    const pdf = await buildPdf({ pages: 1 })
    await expect(lying.pagesOf(sha256(pdf), pdf)).rejects.toMatchObject({ problem: 'broken' })
  })

  it('gets nothing of our environment', async () => {
    writeFileSync(
      join(folder, 'tells.mjs'),
      "import { writeFileSync } from 'node:fs'; writeFileSync(new URL('./env.json', import.meta.url), JSON.stringify(Object.keys(process.env)))",
    )
    const telling = createRenditions({ files, program: join(folder, 'tells.mjs') })
    const pdf = await buildPdf({ pages: 1 })
    await expect(telling.pagesOf(sha256(pdf), pdf)).rejects.toMatchObject({ problem: 'broken' })
    expect(readdirSync(folder)).toContain('env.json')
    const { default: names } = await import(join(folder, 'env.json'), { with: { type: 'json' } })
    expect((names as string[]).filter((name) => !name.startsWith('NODE_CHANNEL'))).toEqual([])
  })
})
