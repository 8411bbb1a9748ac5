import { buildApps } from './lib/build.mjs'

/** The faces that tests open in Chromium, built once for all of their files; nothing to do where that is done already. */
export async function setup(): Promise<void> {
  await buildApps({ names: ['console', 'sidebar', 'simulator'] })
}
