import { wordsIn } from './index.ts'
import { requests as en } from './requests.en.ts'
import { requests as zh } from './requests.zh.ts'

/** Words of a page that is loaded when somebody opens it, in the language now shown. */
export const useRequestsText = () => wordsIn({ zh, en })
