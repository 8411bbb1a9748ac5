import { wordsIn } from './index.ts'
import { notices as en } from './notices.en.ts'
import { notices as zh } from './notices.zh.ts'

/** Words of the page about app messages, loaded with it. */
export const useNoticesText = () => wordsIn({ zh, en })
