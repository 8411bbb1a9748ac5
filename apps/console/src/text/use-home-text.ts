import { home as en } from './home.en.ts'
import { home as zh } from './home.zh.ts'
import { wordsIn } from './index.ts'

/** Words of the home page, loaded with it. */
export const useHomeText = () => wordsIn({ zh, en })
