import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { budget } from '../../scripts/vite-budget.ts'
import { leanKit } from '../../scripts/vite-lean-kit.ts'
import { leanPage } from './build/lean-page.ts'

const server = process.env['SERVER_URL'] ?? 'http://127.0.0.1:8081'

/**
 * One file is all the list waits for. What comes after it is fetched next: the transport with the contract, which the
 * first read does without, and the bridge. The order says who takes a module that both use.
 */
const groups = [
  { name: 'transport', test: /node_modules.(axios|zod)|contract.src/, priority: 3 },
  { name: 'page', test: /sidebar.src.main\.ts$/, priority: 2 },
  { name: 'next', test: /sidebar.src.(transport|wecom)\.ts$/, priority: 1 },
]

export default defineConfig({
  base: '/sidebar/',
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [vue(), leanKit(), budget({ js: 100, css: 12 }), leanPage('next')],
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  build: {
    target: ['chrome87', 'safari14'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: { proxy: { '/api': server, '/card': server } },
})
