import type { AuditEvent } from '../audit-event.ts'
import type { Both } from './both.ts'
import { contentWords } from './content-words.ts'
import { doctorsWords } from './doctors-words.ts'
import { peopleWords } from './people-words.ts'
import { rightsWords } from './rights-words.ts'

/** What each event is called, for pages and tables to take away; the compiler asks for the words of every new one. */
export const eventWords: Record<AuditEvent['event'], Both> = {
  ...doctorsWords,
  ...contentWords,
  ...peopleWords,
  ...rightsWords,
}

const isEvent = (text: string): text is AuditEvent['event'] => Object.hasOwn(eventWords, text)

/** An entry of a version of this program that is no more is called what it was written as. */
export const saidOf = (event: string): Both => (isEvent(event) ? eventWords[event] : { zh: event, en: event })
