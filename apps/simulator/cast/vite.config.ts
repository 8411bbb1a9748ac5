import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

// Builds the builder: `node dist/cast/build.js [folder]` then makes the demo world's files.
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  build: {
    ssr: 'cast/build.ts',
    outDir: 'dist/cast',
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: { output: { entryFileNames: 'build.js' } },
  },
})
