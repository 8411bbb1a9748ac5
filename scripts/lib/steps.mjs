/** Progress in a terminal or a log: one line per step, `v` done, `x` failed, with its time and, on failure, what to do. */
import { isEnding } from './processes.mjs'
import { say } from './say.mjs'

const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`

/** A failure that has been told to the person already; the script only has to end. */
export class StepFailed extends Error {}

/**
 * Runs one step and prints its line. `work` may return a short text to show behind the title.
 * `advice` is printed below a failure. Throws StepFailed.
 */
export async function step(title, work, advice = '') {
  const started = Date.now()
  const live = process.stdout.isTTY
  const rewind = live ? '\r\u001b[2K' : ''
  const show = () => process.stdout.write(`${rewind}  … ${title}  ${Math.round((Date.now() - started) / 1000)} s`)
  const ticking = live ? setInterval(show, 1_000) : undefined
  if (live) show()
  const line = (mark, rest) => console.log(`${rewind}  ${mark} ${title}${rest}`)
  try {
    const note = await work()
    line('v', `${note ? `  ${note.replace(/^v /, '')}` : ''}  ${seconds(Date.now() - started)}`)
  } catch (error) {
    if (isEnding()) throw new StepFailed(title, { cause: error }) // the person asked for it
    line('x', `  ${seconds(Date.now() - started)}`)
    for (const text of String(error.message).trimEnd().split('\n')) console.log(`      ${text}`)
    if (advice) console.log(`      ${say('修', 'fix')}: ${advice}`)
    throw new StepFailed(title, { cause: error })
  } finally {
    clearInterval(ticking)
  }
}

/** Ends a script whose main function failed: quietly when the person knows already. */
export function endWith(error) {
  if (!(error instanceof StepFailed)) console.error(error)
  process.exitCode = 1
}
