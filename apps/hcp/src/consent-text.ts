/** A block of a consent text: a heading, a paragraph or a list. Nothing else is drawn, and nothing is ever raw. */
export type TextBlock = { kind: 'heading' | 'paragraph'; text: string } | { kind: 'list'; items: string[] }

/** Reads the plain form in which texts are written: `##` begins a heading, `-` a list, an empty line ends a paragraph. */
export function readText(body: string): TextBlock[] {
  const blocks: TextBlock[] = []
  let open = false
  for (const line of body.split('\n').map((one) => one.trim())) {
    const last = blocks.at(-1)
    const heading = /^#{1,6}\s+(.*)$/.exec(line)?.[1]
    const item = /^[-*]\s+(.*)$/.exec(line)?.[1]
    if (line === '') open = false
    else if (heading) blocks.push({ kind: 'heading', text: plain(heading) })
    else if (item && last?.kind === 'list' && open) last.items.push(plain(item))
    else if (item) blocks.push({ kind: 'list', items: [plain(item)] })
    else if (last?.kind === 'paragraph' && open) last.text += `\n${plain(line)}`
    else blocks.push({ kind: 'paragraph', text: plain(line) })
    if (line !== '') open = !heading
  }
  return blocks
}

/** Bold marks are dropped, a link is its words and its address. */
const plain = (text: string): string =>
  text.replaceAll(/\*\*|__/g, '').replaceAll(/\[([^\]]+)\]\(([^)]+)\)/g, '$1 ($2)')

/** Minutes to read it at 400 characters or 200 words a minute, at least one. */
export function minutesOf(body: string): number {
  const han = body.match(/\p{Script=Han}/gu)?.length ?? 0
  const words = body.match(/[A-Za-z]+/g)?.length ?? 0
  return Math.max(1, Math.round(han / 400 + words / 200))
}
