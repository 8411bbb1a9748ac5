import type { safety as zh } from './safety.zh.ts'
import type { Words } from './words.ts'

/** The report of an adverse reaction, in English. */
export const safety: Words<typeof zh> = {
  heading: 'Report an adverse reaction',
  lead: 'Only the first field is required; it takes about a minute. You need not be sure of the cause, and there is nothing to sign in to.',
  noPatient: 'Leave out names, numbers and anything else that would identify the patient.',
  urgent: 'If it is urgent, call',
  happened: 'What happened',
  happenedHint: 'Symptoms, course, how it is now; age group and sex if you can.',
  product: 'Medicine that may be involved',
  productHint: 'If known: name, dose, batch number.',
  occurred: 'When',
  occurredHint: 'Roughly is enough, for example: evening of 20 November.',
  seriousness: 'How serious',
  levels: {
    unknown: { name: 'Not sure', means: 'our drug safety staff decide' },
    serious: {
      name: 'Serious',
      means:
        'death, danger to life, stay in hospital or a longer one, disability, birth defect, or treatment needed to prevent these',
    },
    not_serious: { name: 'Not serious', means: 'none of the above' },
  },
  contact: 'How to reach you',
  contactHint: 'Phone or e-mail, for questions later; may be left empty.',
  recognised: 'WeChat recognised you as a doctor we know. Your name and hospital go with the report, for follow-up.',
  unnamed: 'Leave my name out',
  optional: 'optional',
  send: 'Send report',
  sending: 'Sending…',
  empty: 'Not sent yet. Write one sentence about what happened; everything else is still there.',
  tooLong: 'Not sent yet: one field is too long. Shorten it, or call us. What you typed is still there.',
  busy: 'Not sent yet: there is a problem on our side. What you typed is still there; send again in a moment, or call if it is urgent.',
  tooOften: 'Not sent yet: too many reports within a minute. What you typed is still there; send again shortly.',
  offline:
    'Not sent yet: you are offline. What you typed is still there; send again once you are online, or call if it is urgent.',
  received: 'We have your report. Thank you',
  receipt: 'Receipt number',
  at: (time) => `Received ${time}`,
  next: 'Drug safety staff take it up within 24 hours. Quote this number if you have more to tell.',
  another: 'Report another',
  back: 'Back',
}
