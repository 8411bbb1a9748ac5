import { views as en } from './views.en.ts'
import { views as zh } from './views.zh.ts'
import { wordsIn } from './index.ts'

/** Words of the views of a list. */
export const useViewsText = () => wordsIn({ zh, en })
