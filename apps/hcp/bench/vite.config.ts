import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

/** The measuring program itself, for plain Node. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [vue()],
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: true,
    rolldownOptions: { input: { main: 'main.ts', 'page-server': 'page-server.ts' } },
  },
  ssr: { noExternal: [/^@vouch\//, 'vue', /^@vue\//] },
})
