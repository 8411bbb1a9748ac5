import type { CallKind, VaultSite } from './site.ts'

export type VaultRequest = {
  method: string
  /** Below `/api/{version}`. */
  path: string
  /** `/api/{version}`, to write links with. */
  base: string
  /** Scheme, host and port as the caller named them. */
  host: string
  query: URLSearchParams
  form: URLSearchParams
  authorization: string
  describe: boolean
}

export type VaultAnswer =
  | { body: Record<string, unknown>; delayMs?: number }
  | { bytes: Buffer; type: string; fileName: string | null; delayMs?: number }

/** One call of the API; `path` has its parameters as groups. */
export type VaultCall = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: RegExp
  kind: CallKind
  withoutSession?: boolean
  answer: (site: VaultSite, request: VaultRequest, parts: string[]) => VaultAnswer
}
