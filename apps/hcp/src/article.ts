/** A piece of approved text: a string, or plain structure around more of it. */
export type ArticleNode =
  string | { tag: string; span?: { colspan?: number; rowspan?: number }; children: ArticleNode[] }

const drawn = new Set(
  'h2 h3 p ul ol li dl dt dd hr small table thead tbody tfoot tr th td caption strong em sup sub br blockquote figure figcaption'.split(
    ' ',
  ),
)
const renamed: Record<string, string> = { h1: 'h2', h4: 'h3', b: 'strong', i: 'em' }
const silent = new Set(['head', 'style', 'script', 'title', 'template', 'svg', 'iframe', 'object', 'noscript'])
const endless = new Set(['br', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr'])
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', middot: '·' }

const token = /<!--[\s\S]*?-->|<!doctype[^>]*>|<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>|[^<]+|</gi

/**
 * Reads article HTML into plain structure: only the tags above survive, no attribute but a cell's span does, and
 * whatever is not understood is kept as text. The result is drawn by Vue, which escapes it; nothing is ever raw.
 */
export function readArticle(html: string): ArticleNode[] {
  const root: ArticleNode[] = []
  const open: { tag: string; children: ArticleNode[] }[] = [{ tag: '', children: root }]
  let skipping: string | null = null

  for (const [whole, slash, written, attributes] of html.matchAll(token)) {
    const tag = written && (renamed[written.toLowerCase()] ?? written.toLowerCase())
    if (skipping !== null) {
      if (slash && tag === skipping) skipping = null
      continue
    }
    if (!tag) {
      if (!whole.startsWith('<!')) open.at(-1)?.children.push(plain(whole))
      continue
    }
    if (silent.has(tag)) {
      if (!slash) skipping = tag
      continue
    }
    if (!drawn.has(tag)) continue
    if (slash) close(open, tag)
    else begin(open, tag, attributes ?? '')
  }
  return root
}

/** Splits an article at its headings, so that its table of contents and the reading record have parts to name. */
export function readSections(html: string): { title: string; nodes: ArticleNode[] }[] {
  const sections: { title: string; nodes: ArticleNode[] }[] = []
  for (const node of readArticle(html)) {
    if (typeof node !== 'string' && node.tag === 'h2') sections.push({ title: textIn([node]), nodes: [] })
    else if (sections.length > 0 || textIn([node]) !== '') {
      if (sections.length === 0) sections.push({ title: '', nodes: [] })
      sections.at(-1)?.nodes.push(node)
    }
  }
  return sections
}

export function textIn(nodes: ArticleNode[]): string {
  return nodes
    .map((node) => (typeof node === 'string' ? node : textIn(node.children)))
    .join('')
    .trim()
}

function begin(open: { tag: string; children: ArticleNode[] }[], tag: string, attributes: string) {
  if (tag === 'p' || tag === 'li') close(open, tag, ['ul', 'ol', 'table', 'blockquote'])
  const span = spanOf(attributes)
  const node = { tag, ...(span && { span }), children: [] as ArticleNode[] }
  open.at(-1)?.children.push(node)
  if (!endless.has(tag)) open.push(node)
}

/** Closes the nearest open `tag`, unless something it may not reach out of lies between. */
function close(open: { tag: string }[], tag: string, walls: string[] = []) {
  for (let index = open.length - 1; index > 0; index -= 1) {
    if (open[index]?.tag === tag) {
      open.length = index
      return
    }
    if (walls.includes(open[index]?.tag ?? '')) return
  }
}

function spanOf(attributes: string) {
  const spans = [...attributes.matchAll(/\b(colspan|rowspan)\s*=\s*["']?(\d{1,2})\b/gi)]
  return spans.length === 0
    ? undefined
    : Object.fromEntries(spans.map(([, name = '', count]) => [name.toLowerCase(), Number(count)]))
}

function plain(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name) return named[String(name).toLowerCase()] ?? whole
    const code = decimal ? Number(decimal) : Number.parseInt(String(hex), 16)
    return code >= 32 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
