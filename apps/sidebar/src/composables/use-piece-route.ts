import { computed } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'

/**
 * The piece or script looked at, kept in the address: "back" on the phone closes it, and a reload shows it again. A piece
 * of a script is looked at over the script. Closing goes nowhere in the history, which a page beside us may share (the
 * stage does): it takes the sheet out of the address. The entry that opening made stays and serves the next sheet.
 */
export function usePieceRoute() {
  const route = useRoute()
  const router = useRouter()
  const inQuery = (key: string) => computed(() => (typeof route.query[key] === 'string' ? route.query[key] : null))
  const pieceId = inQuery('piece')
  const scriptId = inQuery('script')
  /** The rep's own code, to be scanned. */
  const ownCode = computed(() => route.query['mine'] !== undefined)

  function go(query: LocationQuery): void {
    const spare =
      pieceId.value !== null || scriptId.value !== null || ownCode.value || window.history.state?.opened === true
    void (spare ? router.replace({ query }) : router.push({ query, state: { opened: true } }))
  }

  const without = (...keys: string[]): LocationQuery =>
    Object.fromEntries(Object.entries(route.query).filter(([key]) => !keys.includes(key)))

  return {
    ...{ pieceId, scriptId, ownCode },
    open: (contentItemId: string): void => go({ ...route.query, piece: contentItemId }),
    openScript: (contentItemId: string): void => go({ ...without('piece'), script: contentItemId }),
    openOwnCode: (): void => go({ ...without('piece', 'script'), mine: '' }),
    closeOwnCode: (): void => void router.replace({ query: without('mine') }),
    /** Closes what lies on top. */
    close: (): void => void router.replace({ query: without(pieceId.value ? 'piece' : 'script') }),
  }
}
