import { onBeforeUnmount, ref } from 'vue'
import { call, faultCode, sendPhoto } from '../api.ts'
import { shrinkPhoto } from '../shrink-photo.ts'

type PhotoStage = 'none' | 'sending' | 'checking' | 'stored' | 'refused' | 'too_large' | 'failed'

const lookAgainMs = 1_000

/** One photo on its way: made small, sent, and looked at by the server before it counts. */
export function usePhoto() {
  const stage = ref<PhotoStage>('none')
  const photoId = ref<string | null>(null)
  let last: File | null = null
  let current = 0

  async function start(file: File): Promise<void> {
    const mine = ++current
    last = file
    photoId.value = null
    stage.value = 'sending'
    try {
      let photo = await sendPhoto(await shrinkPhoto(file))
      while (photo.stage === 'checking' && mine === current) {
        stage.value = 'checking'
        await new Promise((resolve) => setTimeout(resolve, lookAgainMs))
        photo = await call('lookAtPhoto', { photoId: photo.photoId })
      }
      if (mine !== current) return
      stage.value = photo.stage
      if (photo.stage === 'stored') photoId.value = photo.photoId
    } catch (reason) {
      if (mine !== current) return
      stage.value = faultCode(reason) === 'too_large' ? 'too_large' : 'failed'
    }
  }

  function remove(): void {
    current += 1
    last = null
    photoId.value = null
    stage.value = 'none'
  }

  const again = (): void => void (last && start(last))
  onBeforeUnmount(() => (current += 1))
  return { stage, photoId, start, again, remove }
}
