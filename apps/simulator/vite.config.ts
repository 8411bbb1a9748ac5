import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { budget } from '../../scripts/vite-budget.ts'

// The stage, which the simulator's process serves from dist/stage.
export default defineConfig({
  plugins: [vue(), budget({ js: 60, css: 10 })],
  build: { outDir: 'dist/stage', emptyOutDir: true, target: ['chrome87', 'safari14'], modulePreload: false },
})
