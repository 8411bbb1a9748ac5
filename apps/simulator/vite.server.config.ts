import { existsSync } from 'node:fs'
import { defineConfig } from 'vite'

const castBuild = 'cast/build.ts'

// The simulator's process beside its stage, and the maker of the demo world's files.
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist',
    emptyOutDir: false,
    target: 'node20',
    rollupOptions: {
      input: {
        main: 'src/main.ts',
        vault: 'src/vault/main.ts',
        ...(existsSync(castBuild) ? { 'cast/build': castBuild } : {}),
      },
      output: { entryFileNames: '[name].js' },
    },
  },
})
