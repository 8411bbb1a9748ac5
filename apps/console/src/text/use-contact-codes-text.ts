import { contactCodes as en } from './contact-codes.en.ts'
import { contactCodes as zh } from './contact-codes.zh.ts'
import { wordsIn } from './index.ts'

/** Words about contact codes and the welcome, loaded with their pages. */
export const useContactCodesText = () => wordsIn({ zh, en })
