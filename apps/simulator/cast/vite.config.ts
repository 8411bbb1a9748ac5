import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

// Builds the builders: `node dist/cast/build.js [folder]` makes the demo world's files, film.js the short film.
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  build: {
    ssr: true,
    outDir: 'dist/cast',
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: { input: ['cast/build.ts', 'cast/film.ts'], output: { entryFileNames: '[name].js' } },
  },
})
