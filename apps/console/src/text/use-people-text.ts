import { wordsIn } from './index.ts'
import { people as en } from './people.en.ts'
import { people as zh } from './people.zh.ts'

/** Words of the pages about people and roles, loaded with them. */
export const usePeopleText = () => wordsIn({ zh, en })
