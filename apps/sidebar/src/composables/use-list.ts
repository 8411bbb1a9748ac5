import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { call, faultCode, type FaultCode, type ListFilter, type Piece, type PiecePage } from '../api.ts'
import { isLeaving } from '../sign-in.ts'
import { keep, take } from '../storage.ts'

type Filter = ListFilter & { query: string }
export type PieceList = ReturnType<typeof createList>

/** How long somebody who types is left alone before it is searched, in ms. */
const debounceMs = 150
const plain = { view: 'recommended', query: '', product: '', kind: '' } as const

/**
 * A list of pieces as decided for one contact. `whose` is the contact now shown: what was decided for
 * another one is never shown, and answers that were overtaken are dropped.
 */
export function createList(tab: ListFilter['tab'], whose: () => string | null) {
  const keptKey = `vouch.filter.${tab}`
  const filter = reactive<Filter>({ tab, ...plain, ...take<Filter>('session', keptKey) })
  keep('session', keptKey, null)
  const pieces = shallowRef<readonly Piece[] | null>(null)
  const next = ref<string | null>(null)
  /** Rows of another generation are drawn anew: what was decided takes the place of what was not, and pushes nothing. */
  const generation = ref(0)
  const loading = ref(false)
  const fault = ref<FaultCode | null>(null)
  const firstPages = new Map<string | null, PiecePage>()
  /** Sent from here a moment ago; the server's own word replaces it as soon as it is newer. */
  const justSent = new Map<string, NonNullable<Piece['lastSent']>>()
  let asking: AbortController | null = null

  const query = computed(() => filter.query.trim())
  const isPlain = computed(() => !query.value && !filter.product && !filter.kind && filter.view === 'recommended')

  function show(id: string | null, page: PiecePage): void {
    if (isPlain.value) firstPages.set(id, page)
    if (id !== whose()) return
    if (pieces.value?.some((piece) => piece.refusals === null)) generation.value += 1
    pieces.value = page.pieces.map((piece) => withJustSent(id, piece))
    next.value = page.next
    fault.value = null
  }

  function withJustSent(id: string | null, piece: Piece): Piece {
    const mine = justSent.get(`${id}:${piece.contentItemId}`)
    return mine && !(piece.lastSent && piece.lastSent.at >= mine.at) ? { ...piece, lastSent: mine } : piece
  }

  function sent(contentItemId: string, lastSent: NonNullable<Piece['lastSent']>): void {
    justSent.set(`${whose()}:${contentItemId}`, lastSent)
    patch((piece) => piece.contentItemId === contentItemId, { lastSent })
  }

  /** Another contact: what is known of them, else the list nobody decided on, else nothing. */
  function switchTo(id: string | null): void {
    asking?.abort()
    loading.value = false
    const page = isPlain.value ? (firstPages.get(id) ?? firstPages.get(null)) : undefined
    pieces.value = page?.pieces ?? null
    next.value = null
    generation.value += 1
  }

  /** What goes over the wire: a search looks everywhere, not only among the suggested. */
  function wire(): ListFilter {
    const everywhere = query.value !== '' && filter.view === 'recommended'
    return { ...filter, query: query.value, view: everywhere ? 'all' : filter.view }
  }

  async function ask(cursor: string | null): Promise<PiecePage | null> {
    asking?.abort()
    const mine = new AbortController()
    asking = mine
    const id = whose()
    loading.value = true
    try {
      const page = await call('listPieces', { externalUserId: id, cursor, ...wire() }, { signal: mine.signal })
      return mine.signal.aborted || id !== whose() ? null : page
    } catch (reason) {
      if (!mine.signal.aborted) fault.value = faultCode(reason)
      return null
    } finally {
      if (asking === mine) loading.value = false
    }
  }

  async function search(): Promise<void> {
    const page = await ask(null)
    if (page) show(whose(), page)
  }

  let typing: ReturnType<typeof setTimeout> | undefined
  // Here and not in the page, which is drawn anew while somebody types: nothing typed is lost or left unsearched.
  watch([query, () => filter.view, () => filter.product, () => filter.kind], ([now], [before]) => {
    clearTimeout(typing)
    typing = setTimeout(() => void search(), now && now !== before ? debounceMs : 0)
  })

  if (!isPlain.value) void search()
  // The way to the sign-in and back is no reason to type again.
  window.addEventListener('pagehide', () => void (isLeaving() && keep('session', keptKey, filter)))

  async function more(): Promise<void> {
    if (loading.value || !next.value) return
    const page = await ask(next.value)
    if (!page) return
    const seen = new Set(pieces.value?.map((piece) => piece.contentItemId))
    pieces.value = [...(pieces.value ?? []), ...page.pieces.filter((piece) => !seen.has(piece.contentItemId))]
    next.value = page.next
  }

  function cancel(): void {
    asking?.abort()
    loading.value = false
  }

  /** Changes a shown piece at once, before the server says the same. */
  function patch(match: (piece: Piece) => boolean, change: Partial<Piece>): void {
    const changed = (piece: Piece): Piece => (match(piece) ? { ...piece, ...change } : piece)
    pieces.value = pieces.value?.map(changed) ?? null
    for (const [id, page] of firstPages)
      if (id === whose()) firstPages.set(id, { ...page, pieces: page.pieces.map(changed) })
  }

  async function favour(piece: Piece): Promise<void> {
    const same = (other: Piece): boolean => other.documentId === piece.documentId
    patch(same, { favourite: !piece.favourite })
    try {
      await call('setFavourite', { documentId: piece.documentId, favourite: !piece.favourite })
    } catch {
      patch(same, { favourite: piece.favourite })
    }
  }

  function reset(): void {
    Object.assign(filter, plain)
  }

  return {
    filter,
    pieces,
    next,
    generation,
    loading,
    fault,
    isPlain,
    show,
    switchTo,
    wire,
    search,
    more,
    cancel,
    sent,
    favour,
    reset,
  }
}
