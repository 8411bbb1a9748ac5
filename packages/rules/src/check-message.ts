import type { MessageKind, Refusal, SendFacts } from './types.ts'

const megabyte = 1024 * 1024
/** WeCom takes media of more than 5 bytes up to these sizes (wecom-platform.md 5.1). */
const mostBytes: Partial<Record<MessageKind, number>> = {
  file: 20 * megabyte,
  image: 10 * megabyte,
  video: 10 * megabyte,
}
const tooFewBytes = 5

const cardKinds: readonly MessageKind[] = ['news', 'miniprogram']
/** Longest texts of a card (wecom-platform.md 5.1). */
export const cardTitleBytes = 128
export const cardDescBytes = 512

/** The piece may travel this way and WeCom will take it. */
export function checkMessage({ content, asked }: Pick<SendFacts, 'content' | 'asked'>): Refusal[] {
  const refusals: Refusal[] = []
  if (!content.kinds.includes(asked.kind)) refusals.push({ reason: 'kind_not_allowed', about: asked.kind })

  const most = mostBytes[asked.kind]
  const isMedia = most !== undefined
  if (isMedia) refusals.push(...checkSize(content.fileBytes, most))
  if (cardKinds.includes(asked.kind)) {
    refusals.push(
      ...checkText('title', content.cardTitle, cardTitleBytes),
      ...checkText('desc', content.cardDesc, cardDescBytes),
    )
  }
  if (isMedia && !asked.mediaReady) refusals.push({ reason: 'media_not_ready' })
  return refusals
}

/** Length in bytes of the text as UTF-8; a lone surrogate counts as the replacement character it becomes. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) bytes += utf8Bytes(character.codePointAt(0) ?? 0)
  return bytes
}

function utf8Bytes(codePoint: number): number {
  if (codePoint < 0x80) return 1
  if (codePoint < 0x800) return 2
  return codePoint < 0x10000 ? 3 : 4
}

/** A file WeCom finds too small is refused for the same reason, marked `too_small`. */
function checkSize(count: number, limit: number): Refusal[] {
  if (count > limit) return [{ reason: 'file_too_large', count, limit }]
  if (count <= tooFewBytes) return [{ reason: 'file_too_large', about: 'too_small', count, limit: tooFewBytes }]
  return []
}

function checkText(about: string, text: string, limit: number): Refusal[] {
  const count = utf8Length(text)
  return count > limit ? [{ reason: 'card_text_too_long', about, count, limit }] : []
}
