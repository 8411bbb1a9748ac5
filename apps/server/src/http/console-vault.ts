import type { Door } from './serve.ts'

/** The connection to the vault: its state, quarantine and brake. */
export function mountVault(_door: Door): void {}
