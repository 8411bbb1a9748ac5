import { wordsIn } from './index.ts'
import { matching as en } from './matching.en.ts'
import { matching as zh } from './matching.zh.ts'

/** Words of pages that are loaded when somebody opens them, in the language now shown. */
export const useMatchingText = () => wordsIn({ zh, en })
