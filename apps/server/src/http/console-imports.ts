import type { Door } from './serve.ts'

/** Content from a folder and a table. */
export function mountImports(_door: Door): void {}
