import { ref, shallowRef } from 'vue'
import {
  call,
  type ContentAction,
  type ContentDetail,
  endpoints,
  type Fault,
  faultOf,
  type TagChange,
  type WireStepRefusal,
} from '../api.ts'

/** What became of the last step, until the next one. */
export type Said =
  | { kind: 'done'; action: ContentAction }
  | { kind: 'refused'; refusals: readonly WireStepRefusal[] }
  | { kind: 'fault'; fault: Fault }

type Answer = { outcome: 'done'; contentItemId: string } | { outcome: 'refused'; refusals: readonly WireStepRefusal[] }
type Piece = Pick<ContentDetail, 'contentItemId' | 'revision'>

/** Steps that need nothing but a press or a reason. Those that are signed or withdrawn have sheets of their own. */
export function useSteps({ reload, go }: { reload: () => Promise<void>; go: (contentItemId: string) => void }) {
  const said = shallowRef<Said | null>(null)
  const busy = ref<ContentAction | null>(null)
  let requestId = crypto.randomUUID()

  async function take(action: ContentAction, ask: () => Promise<Answer>): Promise<boolean> {
    if (busy.value) return false
    busy.value = action
    said.value = null
    try {
      const answer = await ask()
      requestId = crypto.randomUUID()
      said.value = answer.outcome === 'done' ? { kind: 'done', action } : { kind: 'refused', refusals: answer.refusals }
      if (answer.outcome === 'done' && action === 'new_version') go(answer.contentItemId)
      else await reload()
      return answer.outcome === 'done'
    } catch (reason) {
      said.value = { kind: 'fault', fault: faultOf(reason) }
      return false
    } finally {
      busy.value = null
    }
  }

  return {
    ...{ said, busy, take },
    submit: ({ contentItemId, revision }: Piece) =>
      take('submit', () => call(endpoints.submitContent, { contentItemId, revision })),
    takeBack: ({ contentItemId }: Piece, reason: string) =>
      take('take_back', () => call(endpoints.takeBack, { contentItemId, reason })),
    expire: ({ contentItemId }: Piece, reason: string) =>
      take('expire', () => call(endpoints.expireContent, { contentItemId, reason })),
    tag: ({ contentItemId }: Piece, change: TagChange) =>
      take('tag', () => call(endpoints.changeTags, { contentItemId, ...change })),
    newVersion: ({ contentItemId }: Piece) =>
      take('new_version', () => call(endpoints.newVersion, { requestId, contentItemId })),
  }
}
