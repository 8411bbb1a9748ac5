import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** How a doctor may have it before them; the first of each is what is shown until something is chosen. */
export const frameChoices = {
  show: ['reading', 'ended'],
  width: ['375', '320', '768'],
  light: ['light', 'dark'],
  size: ['normal', 'large'],
  language: ['zh-CN', 'en-US'],
} as const
type Choices = typeof frameChoices
export type FrameChoice = { [Name in keyof Choices]: Choices[Name][number] }

/** What is chosen lives in the address, so that a colleague sees the same. `piece` counts from one. */
export function useFrameChoice(ended: () => boolean) {
  const route = useRoute()
  const router = useRouter()
  const usual = (name: keyof Choices): string => (name === 'show' && ended() ? 'ended' : frameChoices[name][0])
  const read = <Name extends keyof Choices>(name: Name): FrameChoice[Name] => {
    const asked = route.query[name]
    return (frameChoices[name].find((one) => one === asked) ?? usual(name)) as FrameChoice[Name] // one of the same list
  }
  const chosen = computed<FrameChoice>(() => ({
    ...{ show: read('show'), width: read('width'), light: read('light') },
    ...{ size: read('size'), language: read('language') },
  }))

  const choose = (name: keyof Choices, value: string): void =>
    void router.replace({ query: { ...route.query, [name]: value === usual(name) ? undefined : value } })

  return { chosen, choose, place: computed(() => Math.max(1, Number(route.query['piece']) || 1)) }
}
