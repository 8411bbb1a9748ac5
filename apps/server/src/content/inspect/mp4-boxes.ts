export type Box = { type: string; content: Buffer }

/** Boxes of one level, in order, until one does not fit (ISO 14496-12, 4.2). */
export function boxesOf(bytes: Buffer): Box[] {
  const boxes: Box[] = []
  for (let at = 0; at + 8 <= bytes.length;) {
    const { size, head } = boxSize(bytes.subarray(at, at + 16), bytes.length - at)
    if (size < head) break
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), content: bytes.subarray(at + head, at + size) })
    at += size
  }
  return boxes
}

/** What a box says about itself: `head` are its first bytes, `left` what the level still holds. */
export function boxSize(head: Buffer, left: number): { size: number; head: number } {
  const size = head.readUInt32BE(0)
  if (size === 1 && head.length >= 16) return { size: Number(head.readBigUInt64BE(8)), head: 16 }
  return { size: size === 0 ? left : size, head: 8 }
}

/** The content of the first box of that type on this level. */
export function findBox(bytes: Buffer, type: string): Buffer | undefined {
  return boxesOf(bytes).find((box) => box.type === type)?.content
}
