import { wordsIn } from './index.ts'
import { weighed as en } from './weighed.en.ts'
import { weighed as zh } from './weighed.zh.ts'

/** Words of what was weighed for one send, loaded with it. */
export const useWeighedText = () => wordsIn({ zh, en })
