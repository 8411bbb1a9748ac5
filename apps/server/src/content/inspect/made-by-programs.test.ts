import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { docx } from '../../../test/hostile/office-files.ts'
import { film } from '../../../test/hostile/video-files.ts'
import { memoryFiles } from '../../../test/memory-files.ts'
import { buildPdf } from '../../../test/pdf.ts'
import { buildRenderer } from '../../../test/renderer.ts'
import { officeToPdf } from '../renditions/office-file.ts'
import { createRenditions } from '../renditions/renditions.ts'
import { videoPoster } from '../renditions/video-poster.ts'

let renderer: Awaited<ReturnType<typeof buildRenderer>>
let root: string
let folder: string
beforeAll(async () => {
  renderer = await buildRenderer()
  root = mkdtempSync(join(tmpdir(), 'vouch-programs-'))
})
afterAll(() => {
  renderer.remove()
  rmSync(root, { recursive: true, force: true })
})
beforeEach(() => {
  folder = mkdtempSync(join(root, 'run-'))
})

/** A program that stands in for the operator's: a script of the shell. */
function program(script: string): string {
  const path = join(folder, 'program.sh')
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

function given(bytes: Buffer): string {
  const path = join(folder, 'file')
  writeFileSync(path, bytes)
  return path
}

describe('a document of Office, with a program standing in for LibreOffice', () => {
  const convert = (soffice: string | undefined, wholeMs?: number) => {
    const work = join(folder, 'work')
    mkdirSync(work)
    return officeToPdf(soffice, { format: 'docx', path: given(docx()), folder: work, ...(wholeMs ? { wholeMs } : {}) })
  }

  it('becomes pages', async () => {
    writeFileSync(join(folder, 'made.pdf'), await buildPdf({ pages: 2 }))
    const soffice = program(`cp ${join(folder, 'made.pdf')} "$(dirname "$0")/given.pdf"
      for last in "$@"; do :; done; cp ${join(folder, 'made.pdf')} "$(dirname "$last")/given.pdf"`)
    const files = memoryFiles()
    const renditions = createRenditions({ files, program: renderer.program, soffice })
    const pages: number[] = []
    const found = await renditions.draw({
      ...{ under: 'uploads/pages/x', path: given(docx()), first: 1 },
      onPage: async ({ number }) => (pages.push(number), 'go_on'),
    })
    expect([found.format, pages]).toEqual(['docx', [1, 2]])
  })

  it('is given over under its format, with macros and links off and nothing of our environment', async () => {
    const soffice = program('env > env.txt; echo "$@" > args.txt; cp "$0" given.pdf')
    const made = await convert(soffice)
    const work = join(made, '..')
    expect(readFileSync(join(work, 'args.txt'), 'utf8')).toMatch(
      /--headless .*-env:UserInstallation=file:\/\/\S+profile --convert-to pdf --outdir \S+ \S+given\.docx/,
    )
    const names = readFileSync(join(work, 'env.txt'), 'utf8')
      .split('\n')
      .map((line) => line.split('=')[0])
    expect(
      names.filter((name) => name && !['HOME', 'TMPDIR', 'PATH', 'LANG', 'PWD', 'OLDPWD', '_', 'SHLVL'].includes(name)),
    ).toEqual([])
    const settings = readFileSync(join(work, 'profile/user/registrymodifications.xcu'), 'utf8')
    expect(settings).toContain('DisableMacrosExecution')
    expect(settings).toContain('BlockUntrustedRefererLinks')
  })

  it.each([
    { says: 'without a program', script: undefined, problem: 'office_not_installed' },
    { says: 'that the program refuses', script: 'exit 77', problem: 'broken' },
    { says: 'of which the program makes nothing', script: 'exit 0', problem: 'broken' },
    { says: 'that fills the disk', script: 'head -c 500000000 /dev/zero > given.pdf', problem: 'broken' },
  ])('$says: $problem', async ({ script, problem }) => {
    await expect(convert(script === undefined ? script : program(script))).rejects.toMatchObject({ problem })
  })

  it('where the program is not at the place that is set: office_not_installed', async () => {
    await expect(convert('/nowhere/soffice')).rejects.toMatchObject({ problem: 'office_not_installed' })
  })

  it('on which the program hangs is given up, and nothing the program started lives on', async () => {
    const soffice = program(`sleep 600 & echo $! > ${folder}/child.pid; wait`)
    await expect(convert(soffice, 400)).rejects.toMatchObject({ problem: 'too_slow' })
    const pid = readFileSync(join(folder, 'child.pid'), 'utf8').trim()
    await vi.waitFor(() => expect(['', 'Z']).toContain(stateOf(pid)))
  })
})

/** Empty for a process that is gone, Z for one that nobody asked about yet. */
function stateOf(pid: string): string {
  const path = `/proc/${pid}/stat`
  return existsSync(path) ? (readFileSync(path, 'utf8').split(' ')[2] ?? '') : ''
}

const ffmpeg = spawnSync('which', ['ffmpeg'], { encoding: 'utf8' }).stdout.trim()

describe('a video', () => {
  it('without ffmpeg: poster_not_installed', async () => {
    const asked = { path: given(film()), seconds: 12, folder }
    await expect(videoPoster(undefined, asked)).rejects.toMatchObject({ problem: 'poster_not_installed' })
    await expect(videoPoster('/nowhere/ffmpeg', asked)).rejects.toMatchObject({ problem: 'poster_not_installed' })
  })

  describe.skipIf(ffmpeg === '')(`with ffmpeg${ffmpeg ? '' : ', skipped: it is not installed on this machine'}`, () => {
    it('has a picture of itself, no larger than a page', async () => {
      const poster = await videoPoster(ffmpeg, { path: given(film()), seconds: 12, folder })
      const { format, width, height } = await sharp(poster).metadata()
      expect(format).toBe('png')
      expect(width).toBeLessThanOrEqual(1080)
      expect(height).toBeGreaterThan(100)
    })

    it('is drawn as one page', async () => {
      const renditions = createRenditions({ files: memoryFiles(), program: renderer.program, ffmpeg })
      const seen: [number, number][] = []
      const found = await renditions.draw({
        ...{ under: 'uploads/pages/x', path: given(film()), first: 1 },
        onPage: async ({ number }, of) => (seen.push([number, of]), 'go_on'),
      })
      expect([found, seen]).toEqual([{ format: 'mp4', seconds: 12 }, [[1, 1]]])
    })

    it('that only looks like one is refused, and nothing is fetched for it', async () => {
      const bytes = film()
      bytes.fill(0, bytes.indexOf('mdat') + 4)
      await expect(videoPoster(ffmpeg, { path: given(bytes), seconds: 12, folder })).rejects.toMatchObject({
        problem: 'broken',
      })
      const list = given(Buffer.from('#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n'))
      await expect(videoPoster(ffmpeg, { path: list, seconds: 0, folder })).rejects.toMatchObject({ problem: 'broken' })
      expect(readdirSync(folder).filter((name) => name.endsWith('.png'))).toEqual([])
    })
  })
})
