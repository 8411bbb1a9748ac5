import { wordsIn } from './index.ts'
import { sessions as en } from './sessions.en.ts'
import { sessions as zh } from './sessions.zh.ts'

/** Words of pages that are loaded when somebody opens them, in the language now shown. */
export const useSessionsText = () => wordsIn({ zh, en })
