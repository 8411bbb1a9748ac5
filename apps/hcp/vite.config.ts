import { readFileSync } from 'node:fs'
import { defineConfig } from 'vite'
import { budget } from '../../scripts/vite-budget.ts'
import { packStyle } from './src/pack-style.ts'

/** Every page carries this style in itself; the build would not see it otherwise. */
const read = (name: string): string => readFileSync(new URL(`./src/${name}`, import.meta.url), 'utf8')
const inlined = packStyle(read('page.css') + read('own.css'))

/** Builds the browser script only; pages are rendered by the server, which bundles `src/render.ts` itself. */
export default defineConfig({
  plugins: [budget({ js: 12, css: 8 }, inlined)],
  build: {
    target: ['chrome87', 'safari14'],
    outDir: 'dist',
    emptyOutDir: true,
    modulePreload: false,
    rolldownOptions: {
      input: { reader: 'src/browser.ts' },
      output: { entryFileNames: '[name].js', format: 'iife' },
    },
  },
})
