import { wordsIn } from './index.ts'
import { safety as en } from './safety.en.ts'
import { safety as zh } from './safety.zh.ts'

/** Words of pages that are loaded when somebody opens them, in the language now shown. */
export const useSafetyText = () => wordsIn({ zh, en })
