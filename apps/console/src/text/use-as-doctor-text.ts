import { asDoctor as en } from './as-doctor.en.ts'
import { asDoctor as zh } from './as-doctor.zh.ts'
import { wordsIn } from './index.ts'

/** Words of the preview as a doctor, loaded with its page. */
export const useAsDoctorText = () => wordsIn({ zh, en })
