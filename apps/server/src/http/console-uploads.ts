import type { Door } from './serve.ts'

/** Files on their way in, part by part. */
export function mountUploads(_door: Door): void {}
