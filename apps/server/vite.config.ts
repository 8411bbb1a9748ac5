import vue from '@vitejs/plugin-vue'
import { readdirSync } from 'node:fs'
import { defineConfig } from 'vite'

const bench = readdirSync(new URL('.', import.meta.url)).includes('bench') ? { 'bench/main': 'bench/main.ts' } : {}

export default defineConfig({
  plugins: [vue()],
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: true,
    rolldownOptions: {
      input: {
        main: 'src/main.ts',
        migrate: 'src/migrate.ts',
        'load-world': 'src/load-world.ts',
        'render-pages': 'src/content/render-pages.ts',
        ...bench,
      },
    },
  },
  ssr: { noExternal: [/^@vouch\//] },
})
