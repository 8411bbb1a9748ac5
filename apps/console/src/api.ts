import {
  type AskedInput,
  type Call,
  CallError,
  consoleEndpoints,
  createCall,
  type ErrorCode,
  type Output,
} from '@vouch/contract'
import { connection } from './composables/use-connection.ts'

export type { WireRefusal } from '@vouch/contract'
export { consoleEndpoints as endpoints }

export type Me = Output<typeof consoleEndpoints.whoAmI>
export type SendPage = Output<typeof consoleEndpoints.listSends>
export type Send = SendPage['sends'][number]
export type Verdict = Send['verdict']
export type MessageKind = Send['kind']
export type Show = NonNullable<AskedInput<typeof consoleEndpoints.listSends>['show']>

/** Why a call did not work out. `unreadable` is an answer of another version than this page. */
export type FaultCode = ErrorCode | 'no_answer' | 'unreadable'
/** `id` is the number under which the log knows it; `at` is this computer's clock. */
export type Fault = { code: FaultCode; id: string; at: Date }

const client = createCall()
const reactions = new Set<() => void>()

/** Called whenever the server no longer knows who we are, whatever was asked. */
export function onSignedOut(react: () => void): void {
  reactions.add(react)
}

export const call: Call = async (endpoint, input, options) => {
  try {
    const answer = await client(endpoint, input, options)
    connection.online()
    return answer
  } catch (reason) {
    if (!options?.signal?.aborted) notice(faultOf(reason).code)
    throw reason
  }
}

function notice(code: FaultCode): void {
  if (code === 'no_answer') connection.offline()
  else connection.online()
  if (endsSession(code)) for (const react of reactions) react()
}

/** Both are answers of 401: the page goes back to signing in. */
export function endsSession(code: FaultCode): boolean {
  return code === 'not_signed_in' || code === 'step_up_needed'
}

export function faultOf(reason: unknown): Fault {
  const at = new Date()
  if (reason instanceof CallError) return { code: reason.code, id: reason.requestId, at }
  return { code: 'unreadable', id: '', at }
}
