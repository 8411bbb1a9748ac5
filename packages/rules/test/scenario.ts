import type { Refusal } from '../src/types.ts'
import type { Given } from './facts.ts'

/** What is given, when, and every refusal it meets, in gate order. `at` is noon unless told. */
export type Scenario = { says: string; given: Given; at?: Date; refuses: Refusal[] }
