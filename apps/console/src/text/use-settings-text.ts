import { wordsIn } from './index.ts'
import { settings as en } from './settings.en.ts'
import { settings as zh } from './settings.zh.ts'

/** Words of the settings and of webhooks, loaded with their pages. */
export const useSettingsText = () => wordsIn({ zh, en })
