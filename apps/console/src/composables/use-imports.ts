import { call, endpoints } from '../api.ts'
import { usePaged } from './use-paged.ts'

/** Imports this person began, newest first. */
export function useImports() {
  return usePaged({
    key: () => '',
    async ask(cursor, signal) {
      const { imports, next } = await call(endpoints.listImports, { cursor }, { signal })
      return { rows: imports, next }
    },
  })
}
