import { wordsIn } from './index.ts'
import { reports as en } from './reports.en.ts'
import { reports as zh } from './reports.zh.ts'

/** Words of the reports, loaded with them. */
export const useReportsText = () => wordsIn({ zh, en })
