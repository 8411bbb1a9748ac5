import { consents as en } from './consents.en.ts'
import { consents as zh } from './consents.zh.ts'
import { wordsIn } from './index.ts'

/** The words of the consent pages, which come with these pages and not before. */
export const useConsentText = () => wordsIn({ zh, en })

export type { Purpose } from './consents.zh.ts'
