import { computed, type Ref } from 'vue'
import type { ContentChoices, ContentPage } from '../api.ts'
import { useChoices } from './use-choices.ts'
import { useText } from '../text/index.ts'
import { type ContentFilter, contentKinds, contentShows } from './use-content-filter.ts'

type Name = 'show' | 'product' | 'kind'
type Given = {
  filter: Readonly<Ref<ContentFilter>>
  facets: Ref<ContentPage['facets']>
  choices: Ref<ContentChoices | null>
  go: (change: Partial<ContentFilter>) => void
}

/** The three choice lists of the content list, with how many there are of each where the server said so. */
export function useContentSelects({ filter, facets, choices, go }: Given) {
  const t = useText()

  function counted(field: Name, value: string, label: string) {
    const facet = facets.value.find((one) => one.field === field && one.value === value)
    return { value, label: facet ? `${label} (${facet.count}${facet.more ? '+' : ''})` : label }
  }

  const { called } = useChoices()
  const selects = computed(() => {
    const words = t.value.content
    const products = choices.value?.products ?? []
    const lists = {
      show: contentShows.map((show) => ({ value: show as string, label: words.shows[show] })),
      product: [
        { value: '', label: words.allProducts },
        ...products.map((one) => counted('product', one.code, called(one))),
      ],
      kind: [
        { value: '', label: words.allKinds },
        ...contentKinds.map((kind) => counted('kind', kind, words.kinds[kind])),
      ],
    }
    return (['show', 'product', 'kind'] as const).map((name) => ({
      ...{ name, label: words.filter[name], value: filter.value[name] as string, options: lists[name] },
    }))
  })

  const choose = (name: Name, value: string): void => go({ [name]: value } as Partial<ContentFilter>) // of its own options

  return { selects, choose }
}
