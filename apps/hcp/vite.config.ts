import { defineConfig } from 'vite'
import { budget } from '../../scripts/vite-budget.ts'

/** Builds the browser script only; pages are rendered by the server, which bundles `src/render.ts` itself. */
export default defineConfig({
  plugins: [budget({ js: 12, css: 8 })],
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
