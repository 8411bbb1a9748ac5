import { audit as en } from './audit.en.ts'
import { audit as zh } from './audit.zh.ts'
import { wordsIn } from './index.ts'

/** Words of the audit trail, loaded with it. */
export const useAuditText = () => wordsIn({ zh, en })
