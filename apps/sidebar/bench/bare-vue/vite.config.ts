import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

/** Built as the sidebar is, so that only what is in the page differs. */
export default defineConfig({
  base: '/bare-vue/',
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [vue()],
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  build: {
    target: ['chrome87', 'safari14'],
    modulePreload: { polyfill: false },
    outDir: '../dist/bare-vue',
    emptyOutDir: true,
  },
})
