import type { Door } from './serve.ts'

/** The life of a piece: drafts, review, signatures, versions. */
export function mountContent(_door: Door): void {}
