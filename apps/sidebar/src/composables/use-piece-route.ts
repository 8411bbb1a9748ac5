import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** The piece looked at, kept in the address: "back" closes it, and a reload shows it again. */
export function usePieceRoute() {
  const route = useRoute()
  const router = useRouter()
  const pieceId = computed(() => (typeof route.query['piece'] === 'string' ? route.query['piece'] : null))

  function open(contentItemId: string): void {
    const query = { ...route.query, piece: contentItemId }
    void (pieceId.value ? router.replace({ query }) : router.push({ query, state: { opened: true } }))
  }

  function close(): void {
    if (window.history.state?.opened === true) return router.back()
    const { piece: _, ...query } = route.query
    void router.replace({ query })
  }

  return { pieceId, open, close }
}
