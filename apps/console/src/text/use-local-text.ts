import { wordsIn } from './index.ts'
import { local as en } from './local.en.ts'
import { local as zh } from './local.zh.ts'

/** Words of pages that are loaded when somebody opens them, in the language now shown. */
export const useLocalText = () => wordsIn({ zh, en })
