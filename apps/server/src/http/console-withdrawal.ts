import type { Door } from './serve.ts'

/** Withdrawing, and telling those who read it. */
export function mountWithdrawal(_door: Door): void {}
