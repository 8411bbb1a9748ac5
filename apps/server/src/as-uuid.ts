import { sha256 } from './secrets.ts'

/** The same text, the same id: what may arrive many times finds itself already answered. */
export function asUuid(text: string): string {
  const hex = sha256(text)
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}
