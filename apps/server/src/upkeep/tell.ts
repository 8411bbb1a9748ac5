import type { Both } from '@vouch/contract'
import { UpkeepFault } from './fault.ts'

type Screen = { isTTY?: boolean | undefined; write: (text: string) => unknown }
export type Progress = (text: string) => void
export type Tell = {
  line: (text: Both) => void
  /** Runs one step and tells how it went; `note` is what the result comes to. Longer than a second it shows how far it is. */
  step: <T>(title: Both, work: (progress: Progress) => Promise<T>, note?: (result: T) => string) => Promise<T>
}

/** A person at a terminal sees each second how far it is, a log every ten. */
export function createTell(language: keyof Both, screen: Screen): Tell {
  const rewind = screen.isTTY ? '\r\u001b[2K' : ''
  const line = (text: string) => void screen.write(`${rewind}  ${text}\n`)

  async function step<T>(title: Both, work: (progress: Progress) => Promise<T>, note?: (result: T) => string) {
    const began = Date.now()
    const seconds = () => ((Date.now() - began) / 1_000).toFixed(1)
    let far = ''
    const show = () => {
      const text = `… ${title[language]}  ${far}  ${seconds()} s`
      if (screen.isTTY) screen.write(`${rewind}  ${text}`)
      else line(text)
    }
    const ticking = setInterval(show, screen.isTTY ? 1_000 : 10_000)
    try {
      const result = await work((text) => (far = text))
      line(`v ${title[language]}${note ? `  ${note(result)}` : ''}  ${seconds()} s`)
      return result
    } catch (fault) {
      line(`x ${title[language]}  ${seconds()} s`)
      throw fault
    } finally {
      clearInterval(ticking)
    }
  }

  return { line: (text) => line(text[language]), step }
}

/** Chinese unless English is asked for, as everywhere at a terminal. */
export function languageOf(asked: string | undefined, environment: Record<string, string | undefined>): keyof Both {
  const spoken = asked ?? environment['LC_ALL'] ?? environment['LANG'] ?? ''
  return spoken.toLowerCase().startsWith('en') ? 'en' : 'zh'
}

/** Ends a command that failed: said in the reader's language, and never with an address or a password in it. */
export function endWith(fault: unknown, language: keyof Both): void {
  console.error(`  x ${fault instanceof UpkeepFault ? fault.said[language] : wordsOf(fault)}`)
  process.exitCode = 1
}

/** What the driver or the disk said, without the account that may stand in it. */
export function wordsOf(fault: unknown): string {
  const text = fault instanceof Error ? fault.message : String(fault)
  return text.replace(/\b(?:mysql|mariadb|s3):\/\/\S+/g, '…')
}
