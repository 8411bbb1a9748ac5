import type { Ref } from 'vue'
import { call, type ContentDetail, endpoints, faultOf } from '../api.ts'
import type { useSteps } from './use-steps.ts'

type Given = {
  detail: Ref<ContentDetail | null>
  steps: ReturnType<typeof useSteps>
  reload: () => Promise<void>
}
/** `before` is what the page said when somebody began to write. */
export type Correction = { number: number; text: string; before: string }

/**
 * Saves the text of one page. When somebody saved in between, theirs is read; where they left this page alone it is
 * saved all the same, else whoever typed decides.
 */
export function useCorrection({ detail, steps, reload }: Given) {
  function send({ number, text }: Correction) {
    const { contentItemId, revision } = detail.value!
    return call(endpoints.correctPageText, { contentItemId, revision, number, text })
  }

  async function correct(asked: Correction) {
    try {
      return await send(asked)
    } catch (reason) {
      if (faultOf(reason).code !== 'stale_revision') throw reason
      await reload()
      const now = detail.value?.pages.find(({ number }) => number === asked.number)
      if (now?.text !== asked.before) throw reason
      return send(asked)
    }
  }

  return (asked: Correction): void => {
    if (detail.value) void steps.take('edit', () => correct(asked))
  }
}
