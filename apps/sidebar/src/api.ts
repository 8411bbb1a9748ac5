import { type AskedInput, type Call, type CallError, type ErrorCode, type Output, repEndpoints } from '@vouch/contract'
import { connection } from './composables/use-connection.ts'
import { signInAgain } from './sign-in.ts'

export type { AccountBrief, ChatContact, Piece, SendRecord, WireRefusal } from '@vouch/contract'
export { repEndpoints as endpoints }

type Answer<Name extends keyof typeof repEndpoints> = Output<(typeof repEndpoints)[Name]>

export type Start = Answer<'start'>
export type OpenedChat = Answer<'openChat'>
export type Preview = Answer<'preview'>
export type Authorised = Extract<Answer<'authoriseSend'>, { outcome: 'authorised' }>
export type ChatMessage = Authorised['message']
export type MessageKind = Preview['ways'][number]['kind']
export type Verdict = Answer<'recordFact'>['verdict']
export type Signature = Answer<'sign'>['agent']
export type Matched = Extract<OpenedChat['contact'], { state: 'matched' }>
export type Unmatched = Extract<OpenedChat['contact'], { state: 'unmatched' }>
export type ConsentState = Matched['consent']
export type Entry = AskedInput<typeof repEndpoints.openChat>['entry']
export type ListFilter = Required<
  Pick<AskedInput<typeof repEndpoints.openChat>, 'tab' | 'view' | 'query' | 'product' | 'kind'>
>
export type PiecePage = Answer<'listPieces'>

/** Why a call did not work out, for what the page says. */
export type FaultCode = ErrorCode | 'no_answer'

/** Asks the server. The transport is loaded beside the page, not before it; an ended session signs in again. */
export const call: Call = async (endpoint, input, options) => {
  try {
    const { client } = await import('./transport.ts')
    const answer = await client(endpoint, input, options)
    connection.online()
    return answer
  } catch (fault) {
    if (!options?.signal?.aborted) notice(faultCode(fault))
    throw fault
  }
}

function notice(code: FaultCode): void {
  if (code === 'no_answer') connection.offline()
  if (code === 'not_signed_in') signInAgain()
}

/** The contract's error by its shape, so that the page need not load the transport to tell. */
export function faultCode(fault: unknown): FaultCode {
  return fault instanceof Error && 'requestId' in fault ? (fault as CallError).code : 'no_answer'
}

/** The number under which the log knows a fault. */
export function faultId(fault: unknown): string {
  return fault instanceof Error && 'requestId' in fault ? (fault as CallError).requestId : ''
}

type Early = { status: number; body: unknown } | null
type Asked = 'vouchStart' | 'vouchSigned'

/** The first read, asked for by the page itself while this script was still on its way (index.html). */
export async function loadStart(): Promise<Start> {
  const early = await takeEarly('vouchStart')
  if (early?.status === 200) return repEndpoints.start.output.parse(early.body)
  if (early?.status === 401 && signInAgain()) throw new Error('on the way to sign in')
  return call(repEndpoints.start, {})
}

/** The signatures of this page; the first ones were asked for by index.html as well. A retry asks anew. */
export async function loadSignatures(url: string): Promise<Answer<'sign'>> {
  const early = url === location.href.split('#')[0] ? await takeEarly('vouchSigned') : null
  return early?.status === 200 ? repEndpoints.sign.output.parse(early.body) : call(repEndpoints.sign, { url })
}

async function takeEarly(name: Asked): Promise<Early> {
  const page = window as { [Name in Asked]?: Promise<Early> | undefined }
  const early = page[name]
  page[name] = undefined
  return early ?? null
}
