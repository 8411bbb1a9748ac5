import { wordsIn } from './index.ts'
import { proof as en } from './proof.en.ts'
import { proof as zh } from './proof.zh.ts'

/** Words of a sheet that is loaded when it is needed, in the language now shown. */
export const useProofText = () => wordsIn({ zh, en })
