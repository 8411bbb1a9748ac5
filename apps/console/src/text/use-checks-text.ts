import { checksText as en } from './checks.en.ts'
import { checksText as zh } from './checks.zh.ts'
import { wordsIn } from './index.ts'

/** Words of the system check, loaded with it. */
export const useChecksText = () => wordsIn({ zh, en })
