import type { contentEndpoints, Input } from '@vouch/contract'
import { hidesSigns, type ContentKind, type MessageKind } from '@vouch/rules'
import type { Kysely, Updateable } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { ContentItemTable } from '../../db/tables/content.ts'
import { AppError } from '../../errors.ts'
import { pieceSearchText } from '../../search-text.ts'
import { asBody } from './piece-files.ts'
import type { PieceRow } from './piece-lock.ts'
import { renditionCaps } from '../renditions/rendition.ts'

type AskedEdit = Input<typeof contentEndpoints.editDraft>
type Words = Updateable<ContentItemTable>

/** How a piece of each kind may travel; the first is what it travels as unless the author says otherwise. */
export const waysOf: Record<ContentKind, readonly MessageKind[]> = {
  document: ['news', 'file', 'miniprogram'],
  image: ['news', 'image', 'miniprogram'],
  video: ['news', 'video', 'file', 'miniprogram'],
  article: ['news', 'miniprogram'],
  phrase: ['text'],
  script: ['text'],
}

/** Characters that the column of a list holds. */
const listWidths = { audience: 400, aliases: 400, tags: 400, hospitalGrades: 80, territories: 400, repGroups: 400 }
const lined: readonly string[] = ['aliases', 'tags']
const asTheyAre = [
  ...(['title', 'shortTitle', 'cardTitle', 'cardDesc', 'approvalNumber', 'class', 'market', 'language'] as const),
  ...(['product', 'mayForward', 'replacesLinks', 'changeNote'] as const),
] as const

/** The columns that an edit asks for. Throws `bad_request` with the field that cannot be kept. */
export function draftWords(kind: ContentKind, asked: AskedEdit): Words {
  const words: Words = {}
  for (const name of asTheyAre) if (asked[name] !== undefined) Object.assign(words, { [name]: asked[name] })
  for (const [name, width] of Object.entries(listWidths)) {
    const given = asked[name as keyof typeof listWidths] // the table's own names
    if (given !== undefined) Object.assign(words, { [name]: listText(name, given, width) })
  }
  if (asked.effectiveAt !== undefined) words.effectiveAt = dayOf('effectiveAt', asked.effectiveAt)
  if (asked.expiresAt !== undefined) words.expiresAt = dayOf('expiresAt', asked.expiresAt)
  if (asked.ways !== undefined) words.ways = waysText(kind, asked.ways)
  if (asked.body !== undefined) words.body = bodyText(kind, asked.body)
  return words
}

function listText(name: string, given: readonly string[], width: number): string {
  const text = [...new Set(given)].join(lined.includes(name) ? '\n' : ',')
  const hides = lined.includes(name) && given.some(hidesSigns)
  if (hides || [...text].length > width) throw new AppError('bad_request', { field: name })
  return text
}

export function dayOf(field: string, given: string | null): Date | null {
  if (given === null) return null
  const day = new Date(given)
  if (day.getUTCFullYear() < 2000 || day.getUTCFullYear() > 2200) throw new AppError('bad_request', { field })
  return day
}

function waysText(kind: ContentKind, ways: readonly MessageKind[]): string {
  const fits = ways.length > 0 && ways.every((way) => waysOf[kind].includes(way))
  if (!fits) throw new AppError('bad_request', { field: 'ways' })
  return [...new Set(ways)].join(',')
}

function bodyText(kind: ContentKind, given: string): string {
  if (kind !== 'article' && kind !== 'phrase' && given !== '') throw new AppError('bad_request', { field: 'body' })
  const body = asBody(kind, given)
  if (Buffer.byteLength(body) > renditionCaps.textBytes) throw new AppError('bad_request', { field: 'body' })
  return body
}

/** Words a piece is found by; throws `bad_request` when its product is not one of ours. */
export async function findSearchText(
  db: Kysely<Database>,
  words: Pick<PieceRow, 'title' | 'shortTitle' | 'aliases' | 'approvalNumber' | 'product'>,
): Promise<string> {
  const { title, shortTitle, approvalNumber, product } = words
  const named = product === '' ? undefined : await findProduct(db, product)
  const productNames = named ? [named.name, named.nameEn] : []
  const aliases = words.aliases === '' ? [] : words.aliases.split('\n')
  return pieceSearchText({ title, shortTitle, aliases, approvalNumber, productNames })
}

async function findProduct(db: Kysely<Database>, code: string) {
  const found = await db.selectFrom('product').select(['name', 'nameEn']).where('code', '=', code).executeTakeFirst()
  if (!found) throw new AppError('bad_request', { field: 'product' })
  return found
}

/** Fields that differ, as they were and as they will be, for the trail. */
export function changesOf(before: Record<string, unknown>, after: Record<string, unknown>) {
  const names = Object.keys(after).filter((name) => plain(before[name]) !== plain(after[name]))
  const pick = (from: Record<string, unknown>) => Object.fromEntries(names.map((name) => [name, from[name] ?? null]))
  return names.length === 0 ? undefined : { before: pick(before), after: pick(after) }
}

/** Truths are numbers in the database, days compare by their moment. */
const plain = (value: unknown): string => JSON.stringify(typeof value === 'boolean' ? Number(value) : (value ?? null))
