import { wordsIn } from './index.ts'
import { policy as en } from './policy.en.ts'
import { policy as zh } from './policy.zh.ts'

/** Words of the page about the rules, loaded with it. */
export const usePolicyText = () => wordsIn({ zh, en })
