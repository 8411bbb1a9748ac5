import { sends as en } from './sends.en.ts'
import { sends as zh } from './sends.zh.ts'
import { wordsIn } from './index.ts'

/** Words of the sends and of one of them. */
export const useSendsText = () => wordsIn({ zh, en })
