import { contactsSync as en } from './contacts-sync.en.ts'
import { contactsSync as zh } from './contacts-sync.zh.ts'
import { wordsIn } from './index.ts'

/** Words of the page of contact syncs, loaded with it. */
export const useContactsSyncText = () => wordsIn({ zh, en })
