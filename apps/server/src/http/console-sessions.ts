import { sessionEndpoints as sessions } from '@vouch/contract'
import { endSession, endSessionsOfPerson } from '../people/end-sessions.ts'
import { listSessions } from '../people/list-sessions.ts'
import { serve, type Door } from './serve.ts'

/** Where people are signed in, and ending it. */
export function mountSessions(door: Door): void {
  const { deps } = door
  serve(door, sessions.listSessions, (me, asked) => listSessions(deps, me, asked))
  serve(door, sessions.endSession, (me, asked) => endSession(deps, me, asked))
  serve(door, sessions.endSessionsOf, (me, asked) => endSessionsOfPerson(deps, me, asked))
}
