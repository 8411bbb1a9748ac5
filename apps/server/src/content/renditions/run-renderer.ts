import { type ChildProcess, fork } from 'node:child_process'
import { fileProblems } from '@vouch/contract'
import * as z from 'zod'
import { fileFormats } from '../inspect/file-format.ts'
import type { InspectedFile } from '../inspect/inspect-file.ts'
import { memoryOf } from './process-memory.ts'
import { pageWidths, RenditionError } from './rendition.ts'

const pageMs = 20_000
const wholeMs = 15 * 60_000
const memoryBytes = 1_200 * 1024 * 1024
const memoryLookMs = 200

const page = z.object({
  number: z.int().min(1),
  of: z.int().min(1),
  width: z.int().min(1),
  height: z.int().min(1),
  placeholder: z
    .string()
    .max(2_000)
    .regex(/^(data:image\/webp;base64,[\w+/=]+)?$/),
  text: z.string(),
  headings: z.string().max(2_000).default(''),
  images: z.array(z.object({ width: z.literal([...pageWidths]), base64: z.base64() })).length(pageWidths.length),
})
const message = z.union([
  z.object({ page }),
  z.object({ found: z.object({ format: z.literal([...fileFormats]), seconds: z.number().min(0) }) }),
  z.object({ done: z.literal(true) }),
  z.object({ problem: z.enum(fileProblems) }),
])
export type TellingPage = z.output<typeof page>

/** The drawing process: where its program lies, and what it is given to look at or draw. Times in ms, memory in bytes. */
export type RendererRun = {
  program: string
  task: 'inspect' | 'draw'
  path: string
  first?: number
  limits?: Partial<RendererLimits>
}
export type RendererLimits = { pageMs: number; wholeMs: number; memoryBytes: number }
/** Takes one page; `enough` ends the drawing before its end. */
export type OnPage = (page: TellingPage) => Promise<'go_on' | 'enough'>

/**
 * Has a file inspected and drawn by a process of its own, which gets no environment and is ended when it takes too long
 * for a page, too long in all, or too much memory. Pages are passed on in order, one at a time. Throws RenditionError.
 */
export async function runRenderer(run: RendererRun, onPage: OnPage): Promise<InspectedFile> {
  const limits = { pageMs, wholeMs, memoryBytes, ...run.limits }
  const child = fork(run.program, [run.task, run.path, String(run.first ?? 1)], {
    env: {},
    execArgv: ['--max-old-space-size=256'],
    serialization: 'json',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  try {
    return await untilDone(child, limits, onPage)
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}

function untilDone(child: ChildProcess, limits: RendererLimits, onPage: OnPage): Promise<InspectedFile> {
  let stored: Promise<unknown> = Promise.resolve()
  let [timers, pageTimer]: [NodeJS.Timeout[], NodeJS.Timeout | undefined] = [[], undefined]
  const clear = () => [...timers, pageTimer].forEach((timer) => clearTimeout(timer))

  return new Promise<InspectedFile>((resolve, reject) => {
    let [found, over]: [InspectedFile | undefined, boolean] = [undefined, false]
    const fail = (fault: unknown) => reject(fault)
    const tooSlow = () => fail(new RenditionError('too_slow'))
    const finish = () => {
      over = true
      return found ? resolve(found) : fail(new RenditionError('broken'))
    }
    const take = async (page: TellingPage) => {
      if (!over && (await onPage(page)) === 'enough') finish()
    }
    const restart = () => {
      clearTimeout(pageTimer)
      pageTimer = setTimeout(tooSlow, limits.pageMs)
    }
    const look = () => {
      if (memoryOf(child.pid) > limits.memoryBytes) fail(new RenditionError('too_large'))
    }
    timers = [setTimeout(tooSlow, limits.wholeMs), setInterval(look, memoryLookMs)]
    restart()
    child.once('error', fail)
    child.once('exit', () => stored.then(() => fail(new RenditionError('broken')), fail))
    child.on('message', (raw) => {
      restart()
      const told = message.safeParse(raw)
      if (!told.success) return fail(new RenditionError('broken', told.error))
      if ('problem' in told.data) return fail(new RenditionError(told.data.problem))
      if ('found' in told.data) return void (found = told.data.found)
      if ('done' in told.data) return void stored.then(finish, fail)
      const { page } = told.data
      stored = stored.then(() => take(page))
      stored.catch(fail)
    })
  }).finally(clear)
}
