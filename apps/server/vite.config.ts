import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

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
        doctor: 'src/doctor.ts',
        backup: 'src/backup.ts',
        restore: 'src/restore.ts',
        admin: 'src/admin.ts',
        'rotate-keys': 'src/rotate-keys.ts',
        upgrade: 'src/upgrade.ts',
        'load-world': 'src/load-world.ts',
        'render-pages': 'src/content/renditions/render-pages.ts',
        'bench/main': 'bench/main.ts',
        'bench/floor-server': 'bench/floor-server.ts',
      },
    },
  },
  ssr: { noExternal: [/^@vouch\//] },
})
