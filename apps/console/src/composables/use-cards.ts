import { readonly, ref } from 'vue'

const narrow = window.matchMedia('screen and (max-width: 60em)')
const cards = ref(narrow.matches)
narrow.addEventListener('change', () => (cards.value = narrow.matches))

/** Rows are drawn as cards, as the style does it: the heads are out of sight then, and nothing in them may take the focus. */
export const asCards = readonly(cards)
