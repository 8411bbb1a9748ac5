import type { ContentDetail, Edit } from './api.ts'
import { day } from './text/format.ts'

/** What the form holds: lists as lines where they are typed, days as the day of Shanghai. */
export function formOf(detail: ContentDetail) {
  const { title, shortTitle, cardTitle, cardDesc, body, approvalNumber, product, market, language, changeNote } = detail
  const { audience, hospitalGrades, territories, repGroups, mayForward, replacesLinks, effectiveAt, expiresAt } = detail
  return {
    ...{ title, shortTitle, cardTitle, cardDesc, body, approvalNumber, product, market, language, changeNote },
    class: detail.class as string,
    ...{ audience, hospitalGrades, territories, repGroups, mayForward, replacesLinks },
    ways: detail.ways as string[],
    ...{ aliases: lines(detail.aliases), tags: lines(detail.tags), scriptPieces: lines(detail.scriptPieces) },
    effectiveAt: effectiveAt ? day(effectiveAt) : '',
    expiresAt: expiresAt ? day(expiresAt) : '',
  }
}
export type WordingForm = ReturnType<typeof formOf>
export type FormField = keyof WordingForm

const lines = (words: readonly string[]): string => words.join('\n')
const unlined = (text: string): string[] =>
  text
    .split('\n')
    .map((word) => word.trim())
    .filter(Boolean)

/** First moment of a day in Shanghai. */
export const dayBegins = (text: string): string | null =>
  text === '' ? null : new Date(`${text}T00:00:00.000+08:00`).toISOString()
/** Last moment of a day in Shanghai. */
export const dayEnds = (text: string): string | null =>
  text === '' ? null : new Date(`${text}T23:59:59.000+08:00`).toISOString()

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Fields in which two forms differ. */
export function differing(one: WordingForm, other: WordingForm): FormField[] {
  return (Object.keys(one) as FormField[]).filter((field) => !same(one[field], other[field]))
}

/** Only what was changed, as the server takes it. */
export function editOf(form: WordingForm, base: WordingForm): Partial<Edit> {
  const wire = {
    ...form,
    ...{ aliases: unlined(form.aliases), tags: unlined(form.tags), scriptPieces: unlined(form.scriptPieces) },
    ...{ effectiveAt: dayBegins(form.effectiveAt), expiresAt: dayEnds(form.expiresAt) },
  }
  return Object.fromEntries(differing(form, base).map((field) => [field, wire[field]])) as Partial<Edit> // checked by the server
}

/** What the server has now, with what was typed over what was there before. */
export function merged(form: WordingForm, base: WordingForm, now: WordingForm): WordingForm {
  const mine = differing(form, base)
  return { ...now, ...Object.fromEntries(mine.map((field) => [field, form[field]])) }
}

type Value = WordingForm[FormField]
/** A field that both changed: as it was, as somebody saved it, and as it was typed here. */
export type ClashField = { field: FormField; before: Value; mine: Value; theirs: Value; chosen: 'mine' | 'theirs' }
/** Somebody saved in between: who, when, what both changed, and what only they did. */
export type Clash = { who: string; at: Date | null; fields: ClashField[]; taken: FormField[] }

type Met = { form: WordingForm; base: WordingForm; next: WordingForm; now: Pick<ContentDetail, 'trail'> }

/** What somebody else's saving means for what is typed here; null when they changed no word of it. */
export function clashOf({ form, base, next, now }: Met): Clash | null {
  const theirs = differing(base, next)
  if (theirs.length === 0) return null
  const mine = differing(form, base)
  const both = theirs.filter((field) => mine.includes(field) && !same(form[field], next[field]))
  const last = now.trail.findLast(({ event }) => event === 'content.edited')
  return {
    ...{ who: last?.actor ?? '', at: last?.at ?? null },
    fields: both.map((field) => ({
      ...{ field, before: base[field], mine: form[field], theirs: next[field] },
      chosen: 'mine' as const,
    })),
    taken: theirs.filter((field) => !mine.includes(field)),
  }
}

/** How a piece of each kind may travel; what of it is allowed, the server says. */
export const waysOf: Record<ContentDetail['kind'], readonly ContentDetail['ways'][number][]> = {
  document: ['news', 'file'],
  image: ['news', 'image'],
  video: ['news', 'video', 'file'],
  article: ['news'],
  phrase: ['text'],
  script: ['text'],
}
