import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

// The stage, which the simulator's process serves from dist/stage.
export default defineConfig({
  plugins: [vue()],
  build: { outDir: 'dist/stage', emptyOutDir: true, target: ['chrome87', 'safari14'], modulePreload: false },
})
