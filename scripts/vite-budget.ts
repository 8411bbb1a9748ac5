import { gzipSync } from 'node:zlib'
import type { Plugin, Rolldown } from 'vite'

/** What a face may weigh at first load, in kB of 1000 bytes, gzip level 9. */
export type Budget = { js: number; css: number }

const gzipped = (source: string | Uint8Array): number => gzipSync(source, { level: 9 }).length

/**
 * Fails the build when a page's first load is heavier than agreed, and prints the sizes.
 * First load is the entry, everything it imports statically, the style sheets of all of these, and what the page carries
 * `inlined`.
 */
export function budget(limit: Budget, inlined = ''): Plugin {
  return {
    name: 'vouch-budget',
    apply: (config) => !config.build?.ssr,
    generateBundle(_options, bundle) {
      const { js, css: sheets } = firstLoad(bundle)
      const css = sheets + (inlined ? gzipped(inlined) : 0)
      const kB = (bytes: number): string => (bytes / 1000).toFixed(1)
      this.info(`first load gz: js ${kB(js)} of ${limit.js} kB, css ${kB(css)} of ${limit.css} kB`)
      if (js > limit.js * 1000) this.error(`first load js is ${kB(js)} kB gz, the budget is ${limit.js} kB`)
      if (css > limit.css * 1000) this.error(`first load css is ${kB(css)} kB gz, the budget is ${limit.css} kB`)
    },
  }
}

/** Bytes after gzip of what a browser must have before anything is usable. */
export function firstLoad(bundle: Rolldown.OutputBundle): { js: number; css: number } {
  const scripts = new Set<string>()
  const styles = new Set<string>()
  const visit = (name: string): void => {
    const chunk = bundle[name]
    if (chunk?.type !== 'chunk' || scripts.has(name)) return
    scripts.add(name)
    for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(style)
    for (const imported of chunk.imports) visit(imported)
  }
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
  for (const chunk of chunks) if (chunk.isEntry) visit(chunk.fileName)

  let js = 0
  let css = 0
  for (const chunk of chunks) if (scripts.has(chunk.fileName)) js += gzipped(chunk.code)
  for (const output of Object.values(bundle)) {
    if (output.type === 'asset' && styles.has(output.fileName)) css += gzipped(output.source)
  }
  return { js, css }
}
