import { accounts as en } from './accounts.en.ts'
import { accounts as zh } from './accounts.zh.ts'
import { wordsIn } from './index.ts'

/** Words of the pages about doctors, loaded with them. */
export const useAccountsText = () => wordsIn({ zh, en })
