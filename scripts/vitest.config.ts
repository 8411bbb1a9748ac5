import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))
const exclude = ['**/node_modules/**', '**/dist/**', '**/.data/**']
const needsDatabase = 'scripts/database.test.ts'
const inBrowser = [
  'apps/console/test/console.test.ts',
  'apps/console/test/content.test.ts',
  'apps/console/test/imports.test.ts',
  'apps/console/test/readers.test.ts',
  'apps/console/test/home.test.ts',
  'apps/console/test/reports.test.ts',
  'apps/console/test/content-versions.test.ts',
  'apps/console/test/vault.test.ts',
  'apps/hcp/test/*-in-browser.test.ts',
  'apps/sidebar/test/notices.test.ts',
  'apps/sidebar/test/paper.test.ts',
  'apps/sidebar/test/script.test.ts',
  'apps/sidebar/test/sidebar.test.ts',
  'apps/simulator/test/stage.test.ts',
]
/** Journeys run side by side as far as each has a world of its own; to start one takes half a minute. */
export const journeyWorlds = Number(process.env['JOURNEY_WORLDS'] ?? 1)
const journeySetup = 'apps/simulator/journeys/global-setup.ts'

/** A tool's own format demands the default export. A file that needs a DOM asks for it by `// @vitest-environment happy-dom`. */
export default defineConfig({
  root,
  plugins: [vue()],
  test: {
    maxWorkers: 2,
    // The doctor's page carries its style inline; without this vitest would read it as empty.
    css: { include: [/apps\/hcp\/src\/\w+\.css/] },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'apps/*/{src,cast,test}/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...exclude, 'apps/server/**', needsDatabase, ...inBrowser],
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          isolate: false, // a worker reads the modules once, not once a file: half the time
          include: ['apps/server/**/*.test.ts', needsDatabase],
          exclude,
          globalSetup: ['scripts/test-database.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'faces',
          include: inBrowser,
          exclude,
          globalSetup: ['scripts/test-faces.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['apps/simulator/journeys/**/*.test.ts'],
          exclude,
          globalSetup: [journeySetup],
          fileParallelism: journeyWorlds > 1,
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
