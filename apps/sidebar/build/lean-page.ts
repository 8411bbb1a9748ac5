import { createHash } from 'node:crypto'
import type { Plugin, Rolldown } from 'vite'

const sha256 = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`

const bodies = (html: string, tag: string): string[] =>
  Array.from(html.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g')), (match) => match[1] ?? '')

/** The named chunk and all it imports, but for what the page itself has. */
function chunksFor(bundle: Rolldown.OutputBundle, first: string): Set<string> {
  const names = new Set<string>()
  const add = (name: string): void => {
    const chunk = bundle[name]
    if (chunk?.type !== 'chunk' || chunk.name === 'page' || names.has(name)) return
    names.add(name)
    chunk.imports.forEach(add)
  }
  for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk' && chunk.name === first) add(chunk.fileName)
  return names
}

/** The page's script has come and run: only now may anything travel beside it. */
const fetchNext =
  "addEventListener('DOMContentLoaded',function(){document.querySelectorAll('link.next').forEach(function(link){link.rel='modulepreload'})})"

/**
 * Puts the first style sheet into the page, which saves the one request the first paint would wait for, lets the
 * browser fetch, without running it, what the page needs once its list stands (`next`: a chunk's name), and writes
 * `csp.json`: the hashes of the page's inline scripts, for the server's content security policy.
 */
export function leanPage(next: string): Plugin {
  return {
    name: 'vouch-lean-page',
    enforce: 'post',
    apply: 'build',
    generateBundle(_options, bundle) {
      const page = bundle['index.html']
      if (page?.type !== 'asset') return this.error('the build has no index.html')
      let html = String(page.source)
      for (const [link, name = ''] of html.matchAll(/<link rel="stylesheet"[^>]*href="\/sidebar\/([^"]+)"[^>]*>/g)) {
        const style = bundle[name]
        if (style?.type !== 'asset') continue
        html = html.replace(link, () => `<style>${String(style.source).trim()}</style>`)
      }
      const links = Array.from(
        chunksFor(bundle, next),
        (name) => `<link class="next" fetchpriority="low" href="/sidebar/${name}">`,
      )
      html = html.replace('</head>', () => `${links.join('')}<script>${fetchNext}</script></head>`)
      page.source = html
      const source = JSON.stringify(bodies(html, 'script').map(sha256))
      this.emitFile({ type: 'asset', fileName: 'csp.json', source })
    },
  }
}
