/** One caption as WebVTT has it: `text` with its own marks, `settings` where on the picture it stands. */
export type Cue = { startMs: number; endMs: number; settings: string; text: string }

/** Captions of an hour of speech have some 1,500 entries. */
const most = { cues: 3_000, lines: 6, characters: 500 }

/** Captions that are not taken, and why. */
export class CaptionsError extends Error {
  readonly problem: 'too_large' | 'empty' | 'captions_broken' | 'captions_markup'
  constructor(problem: CaptionsError['problem']) {
    super(problem)
    this.problem = problem
  }
}

const time = String.raw`(?:(\d{2,3}):)?([0-5]\d):([0-5]\d)\.(\d{3})`
const timing = new RegExp(String.raw`^${time}[ \t]+-->[ \t]+${time}((?:[ \t]+\S+)*)[ \t]*$`)
const setting = /^(?:vertical|line|position|size|align):[\w.%,-]{1,30}$/
/** Marks that WebVTT itself has: bold, italic, who speaks, ruby, language, classes and times of words. */
const mark =
  /^<(?:\/(?:b|i|u|c|v|lang|ruby|rt)?|(?:b|i|u|c|v|lang|ruby|rt)(?:\.[\w-]+)*(?:[ \t][^<>&\n]{1,100})?|[\d:.]+)>$/

/**
 * What stands in a WebVTT text, strictly: captions in their order and nothing that could act, load or restyle the page.
 * Throws CaptionsError: `captions_broken` where it is not WebVTT or the times do not run forward, `captions_markup` for
 * styles, regions and marks of HTML.
 */
export function parseCaptions(text: string): Cue[] {
  const lines = text.replaceAll(/\r\n?/g, '\n').trimEnd()
  const [head = '', ...blocks] = lines.split(/\n{2,}/)
  if (!/^WEBVTT(?:[ \t][^\n]*)?(?:\n[\w-]+[:=][^\n]*)*$/.test(head)) throw new CaptionsError('captions_broken')
  const cues = blocks.flatMap((block) => readBlock(block) ?? [])
  if (cues.length === 0) throw new CaptionsError('empty')
  if (cues.length > most.cues) throw new CaptionsError('too_large')
  const backwards = cues.some(({ startMs }, place) => startMs < (cues[place - 1]?.startMs ?? 0))
  if (backwards) throw new CaptionsError('captions_broken')
  return cues
}

/** A caption; undefined for a note and for one without words. */
function readBlock(block: string): Cue | undefined {
  const lines = block.split('\n')
  if (/^(?:STYLE|REGION)[ \t]*$/.test(lines[0] ?? '')) throw new CaptionsError('captions_markup')
  if (/^NOTE(?:[ \t]|$)/.test(lines[0] ?? '') && !block.includes('-->')) return undefined
  const named = lines[0]?.includes('-->') ? 0 : 1 // captions may have a name of their own
  const [, ...at] = timing.exec(lines[named] ?? '') ?? []
  const said = lines.slice(named + 1)
  if (at.length === 0 || said.some((line) => line.includes('-->'))) throw new CaptionsError('captions_broken')
  const [startMs, endMs] = [milliseconds(at.slice(0, 4)), milliseconds(at.slice(4, 8))]
  if (endMs <= startMs) throw new CaptionsError('captions_broken')
  const text = said.map((line) => line.trim()).join('\n')
  if (said.length > most.lines || text.length > most.characters) throw new CaptionsError('too_large')
  checkMarks(text)
  return text.trim() === '' ? undefined : { startMs, endMs, settings: readSettings(at[8] ?? ''), text }
}

function milliseconds([hours, minutes, seconds, rest]: (string | undefined)[]): number {
  return ((Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(rest)
}

function readSettings(given: string): string {
  const settings = given.split(/[ \t]+/).filter(Boolean)
  if (settings.some((one) => !setting.test(one))) throw new CaptionsError('captions_markup')
  return settings.join(' ')
}

function checkMarks(text: string): void {
  const unknown = (text.match(/<[^>]*>?/g) ?? []).some((found) => !mark.test(found))
  if (unknown) throw new CaptionsError('captions_markup')
}

/** The one form in which captions are kept, signed and played: the same captions always give the same text. */
export function writeCaptions(cues: readonly Cue[]): string {
  const blocks = cues.map(({ startMs, endMs, settings, text }) => {
    const times = `${clock(startMs)} --> ${clock(endMs)}`
    return `${settings ? `${times} ${settings}` : times}\n${text}`
  })
  return `${['WEBVTT', ...blocks].join('\n\n')}\n`
}

function clock(ms: number): string {
  const part = (value: number, digits = 2) => String(Math.floor(value)).padStart(digits, '0')
  const seconds = ms / 1000
  return `${part(seconds / 3600)}:${part((seconds / 60) % 60)}:${part(seconds % 60)}.${part(ms % 1000, 3)}`
}
