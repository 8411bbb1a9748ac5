import { inject } from 'vitest'

/** Where the journeys of one world find things. `owner` is the url of the account that may do everything with the database. */
export type Place = {
  stage: string
  rep: string
  hcp: string
  server: string
  owner: string
  /** When the journeys began; what was sent before is the world's. */
  begun: Date
  chromium: string
  /** How another instance of the server is started. */
  instance: { program: string; environment: Record<string, string>; logs: string }
}

declare module 'vitest' {
  export interface ProvidedContext {
    places: Place[]
  }
}

/** The world of this worker: files that run side by side never share one. */
export function findPlace(): Place {
  const places = inject('places')
  return places[(Number(process.env['VITEST_POOL_ID'] ?? 1) - 1) % places.length]! // one world at least is always there
}
