import { bulk as en } from './bulk.en.ts'
import { bulk as zh } from './bulk.zh.ts'
import { wordsIn } from './index.ts'

/** Words of what is done with many pieces at once, loaded with the list. */
export const useBulkText = () => wordsIn({ zh, en })
