import type {
  AskedInput,
  CallError,
  CallOptions,
  ErrorCode,
  matchingEndpoints,
  noticeEndpoints,
  Output,
  repEndpoints,
} from '@vouch/contract'
import { connection } from './composables/use-connection.ts'
import { readStart } from './read-start.ts'
import { signInAgain } from './sign-in.ts'

export type { AccountBrief, ChangeBrief, ChatContact, MatchCandidate } from '@vouch/contract'
export type { Piece, SendRecord, ToTell, WireRefusal } from '@vouch/contract'

/** What the server can be asked, by name: the contract itself comes with the transport, after the list. */
export type Endpoints = typeof repEndpoints &
  typeof matchingEndpoints &
  Pick<typeof noticeEndpoints, 'loadRepChoices' | 'chooseRepNotice'>
type EndpointName = keyof Endpoints
export type Asked<Name extends EndpointName> = AskedInput<Endpoints[Name]>
export type Answer<Name extends EndpointName> = Output<Endpoints[Name]>
export type Ask = <Name extends EndpointName>(
  name: Name,
  input: Asked<Name>,
  options?: CallOptions,
) => Promise<Answer<Name>>

export type Start = Answer<'start'>
export type OpenedChat = Answer<'openChat'>
export type Preview = Answer<'preview'>
export type Script = Answer<'openScript'>
export type Authorised = Extract<Answer<'authoriseSend'>, { outcome: 'authorised' }>
export type ChatMessage = Authorised['message']
export type MessageKind = Preview['ways'][number]['kind']
export type Verdict = Answer<'recordFact'>['verdict']
export type Signature = Answer<'sign'>['agent']
export type Matched = Extract<OpenedChat['contact'], { state: 'matched' }>
export type Unmatched = Extract<OpenedChat['contact'], { state: 'unmatched' }>
export type ConsentState = Matched['consent']
export type Entry = Asked<'openChat'>['entry']
export type ListFilter = Required<Pick<Asked<'openChat'>, 'tab' | 'view' | 'query' | 'product' | 'kind'>>
export type PiecePage = Answer<'listPieces'>

/** Why a call did not work out, for what the page says. */
export type FaultCode = ErrorCode | 'no_answer'

/** Asks the server. The transport is loaded beside the page, not before it. */
export const call: Ask = (name, input, options) =>
  noticed(async () => (await import('./transport.ts')).client(name, input, options), options?.signal)

/** Whatever is asked of the server tells whether there is a line; an ended session signs in again. */
export async function noticed<Got>(ask: () => Promise<Got>, signal?: AbortSignal): Promise<Got> {
  try {
    const answer = await ask()
    connection.online()
    return answer
  } catch (fault) {
    if (!signal?.aborted) notice(faultCode(fault))
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

/** The field of what was asked that could not be taken, if the server named one. */
export function faultField(fault: unknown): string | undefined {
  return fault instanceof Error && 'requestId' in fault ? (fault as CallError).body?.field : undefined
}

type Early = { status: number; body: unknown } | null
type Signatures = Answer<'sign'>

/** What came with the first read, for the page it was signed for; good for one identity. */
let signed: { url: string; both: Signatures | null } | null = null

/** The first read, asked for by the page itself while this script was still on its way (index.html). */
export async function loadStart(): Promise<Start> {
  const url = location.href.split('#')[0] ?? ''
  const early = await takeEarly()
  if (early?.status === 401 && signInAgain()) throw new Error('on the way to sign in')
  const start = early?.status === 200 ? readStart(early.body) : await call('start', { url })
  signed = { url, both: start.signatures }
  return start
}

/** The signatures of this page: those of the first read once, then new ones. */
export async function loadSignatures(url: string): Promise<Signatures> {
  const both = signed?.url === url ? signed.both : null
  signed = null
  return both ?? call('sign', { url })
}

async function takeEarly(): Promise<Early> {
  const page = window as { vouchStart?: Promise<Early> | undefined }
  const early = page.vouchStart
  page.vouchStart = undefined
  return early ?? null
}
