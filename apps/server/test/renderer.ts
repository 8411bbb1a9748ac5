import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const app = fileURLToPath(new URL('..', import.meta.url))

/** Builds the drawing process as the product builds it, inside the app so that it finds its packages. */
export async function buildRenderer(): Promise<{ program: string; remove: () => void }> {
  const parent = join(app, 'node_modules/.vouch-test')
  mkdirSync(parent, { recursive: true })
  const outDir = mkdtempSync(join(parent, 'renderer-'))
  await build({
    root: app,
    configFile: false,
    logLevel: 'error',
    build: { ssr: 'src/content/renditions/render-pages.ts', target: 'node20', outDir, emptyOutDir: false },
  })
  return { program: join(outDir, 'render-pages.js'), remove: () => rmSync(outDir, { recursive: true, force: true }) }
}
