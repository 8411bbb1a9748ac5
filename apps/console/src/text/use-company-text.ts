import { company as en } from './company.en.ts'
import { company as zh } from './company.zh.ts'
import { wordsIn } from './index.ts'

/** Words of the page of the company, loaded with it. */
export const useCompanyText = () => wordsIn({ zh, en })
