import { verdict, type FactKind, type Verdict } from '@vouch/rules'
import { sql } from 'kysely'

/** For statements that read `send`: every kind of fact about it, and when whom it was for first opened it. */
export const factKinds = sql<string | null>`(select group_concat(kind) from fact where fact.send_id = send.id)`
export const firstOpened = sql<Date | null>`(select min(at) from fact where fact.send_id = send.id and kind = 'O')`

/** The kinds of a statement as the rules weigh them; of what was refused there are none. */
export const asKinds = (kinds: string | null): FactKind[] => (kinds ? kinds.split(',') : []) as FactKind[] // rows of fact

const unsent: readonly Verdict[] = ['CANCELLED', 'FAILED', 'NOT_SENT_PROVEN', 'NOT_SENT_ADJUDICATED']

/** The client says, or somebody found, that nothing reached the doctor; such an invitation is none. */
export const neverLeft = (facts: readonly FactKind[]): boolean => unsent.includes(verdict(facts))
