import {
  type AskedInput,
  bulkEndpoints,
  type Call,
  CallError,
  consoleEndpoints,
  contentEndpoints,
  createCall,
  errorIn,
  type ErrorBody,
  type ErrorCode,
  type FilePart,
  importEndpoints,
  localEndpoints,
  type Output,
  proofEndpoints,
  readerEndpoints,
  searchEndpoints,
  sendEndpoints,
  sendPartTo,
  uploadEndpoints,
  vaultEndpoints,
  withdrawalEndpoints,
  type VaultMappingWords,
  type WireStepRefusal,
} from '@vouch/contract'
import { connection } from './composables/use-connection.ts'
import { withProof } from './proof.ts'

export type { ContentDetail, ContentRow, WireRefusal, WireStepRefusal } from '@vouch/contract'
export type { VaultDifference, VaultMappingWords } from '@vouch/contract'

export const endpoints = {
  ...consoleEndpoints,
  ...sendEndpoints,
  ...contentEndpoints,
  ...uploadEndpoints,
  ...importEndpoints,
  ...localEndpoints,
  ...proofEndpoints,
  ...withdrawalEndpoints,
  ...bulkEndpoints,
  ...readerEndpoints,
  ...searchEndpoints,
  ...vaultEndpoints,
}

export type Me = Output<typeof consoleEndpoints.whoAmI>
export type SendPage = Output<typeof sendEndpoints.listSends>
export type Send = SendPage['sends'][number]
export type Verdict = Send['verdict']
export type MessageKind = Send['kind']
export type Show = NonNullable<AskedInput<typeof sendEndpoints.listSends>['show']>

export type ContentChoices = Output<typeof contentEndpoints.contentChoices>
export type ContentPage = Output<typeof endpoints.listContent>
export type ContentShow = NonNullable<AskedInput<typeof endpoints.listContent>['show']>
export type ContentAction = Output<typeof endpoints.loadContent>['may'][number]
export type StepReason = WireStepRefusal['reason']
export type AsDoctor = Output<typeof endpoints.loadAsDoctor>
export type AsDoctorPiece = AsDoctor['pieces'][number]
export type VersionDiff = Output<typeof endpoints.diffVersions>
export type StepAnswer = Output<typeof endpoints.submitContent>
export type Edit = AskedInput<typeof endpoints.editDraft>
export type UploadProgress = Output<typeof endpoints.lookAtUpload>
export type UploadProblem = NonNullable<UploadProgress['problem']>
export type ImportList = Output<typeof endpoints.lookAtList>
export type ImportSummary = Output<typeof endpoints.listImports>['imports'][number]
export type ImportLook = Output<typeof endpoints.lookAtImport>
export type ImportRow = ImportLook['rows'][number]
export type ReaderRow = Output<typeof endpoints.listReaders>['readers'][number]
export type Recall = Output<typeof endpoints.loadRecall>
export type NoticePreview = Output<typeof endpoints.previewNotice>
export type NoticeProgress = Output<typeof endpoints.noticeProgress>
export type NoticesAsked = Extract<Output<typeof endpoints.tellReaders>, { outcome: 'done' }>
export type LocalInvite = Output<typeof endpoints.lookAtInvite>
export type SetUpReason = Extract<Output<typeof endpoints.setUpLocal>, { outcome: 'refused' }>['reasons'][number]
export type Passkey = Output<typeof endpoints.listPasskeys>['passkeys'][number]
export type ProofLook = Output<typeof endpoints.lookAtProof>
export type SigningResult = Output<typeof endpoints.signingResult>
export type Effect = Output<typeof endpoints.effectOfWithdrawal>
export type Bulk = Output<typeof endpoints.lookAtBulk>
export type BulkAct = Bulk['act']
export type BulkRow = Bulk['rows'][number]
export type TagChange = Required<Pick<AskedInput<typeof endpoints.changeTags>, 'add' | 'remove'>>
export type FoundTags = Output<typeof endpoints.findTags>
export type BulkEffect = Output<typeof endpoints.effectOfBulk>
export type Withdrawn = Extract<Output<typeof endpoints.withdrawContent>, { outcome: 'done' }>

export type VaultStatus = Output<typeof endpoints.vaultStatus>
export type VaultAct = VaultStatus['may'][number]
export type Quarantined = Output<typeof endpoints.listQuarantine>['rows'][number]
export type QuarantineShow = NonNullable<AskedInput<typeof endpoints.listQuarantine>['show']>
export type VaultSetting = keyof VaultMappingWords
export type VaultTrial = Extract<Output<typeof endpoints.tryVaultMapping>, { outcome: 'done' }>
export type VaultTrailEntry = Output<typeof endpoints.listVaultTrail>['rows'][number]

/** Why a call did not work out. `unreadable` is an answer of another version than this page. */
export type FaultCode = ErrorCode | 'no_answer' | 'unreadable'
/** `field` is what could not be taken, of something written. `id` is the number under which the log knows it; `at` is this computer's clock. */
export type Fault = { code: FaultCode; id: string; at: Date; field?: string | undefined }

const client = createCall()
const reactions = new Set<() => void>()

/** Called whenever the server no longer knows who we are, whatever was asked. */
export function onSignedOut(react: () => void): void {
  reactions.add(react)
}

export const call: Call = async (endpoint, input, options) => {
  try {
    const answer = await withProof(endpoint.path, () => client(endpoint, input, options))
    connection.online()
    return answer
  } catch (reason) {
    if (!options?.signal?.aborted) notice(faultOf(reason).code)
    throw reason
  }
}

export async function sendPart(part: FilePart, signal: AbortSignal): Promise<void> {
  try {
    await sendPartTo(`/api/console/uploads/${part.uploadId}/parts/${part.number}`, part, signal)
    connection.online()
  } catch (reason) {
    if (!signal.aborted) notice(faultOf(reason).code)
    throw reason
  }
}

/** The bytes of a picture that a page shows. */
export async function pictureBytes(path: string, signal: AbortSignal): Promise<Uint8Array> {
  const answer = await fetch(path, { signal })
  if (!answer.ok) throw await errorIn(answer)
  return new Uint8Array(await answer.arrayBuffer())
}

/** Fetches a table that is to be saved as a file. */
export async function download(path: string, signal: AbortSignal): Promise<Blob> {
  try {
    const table = await withProof(path, () => fetchTable(path, signal))
    connection.online()
    return table
  } catch (reason) {
    if (!signal.aborted) notice(faultOf(reason).code)
    throw reason
  }
}

/** Fetches a table that is asked for with a body and written while it is read; says how much has come. */
export async function downloadAsked(
  path: string,
  body: object,
  { signal, came }: { signal: AbortSignal; came: (bytes: number) => void },
): Promise<Blob> {
  try {
    const answer = await withProof(path, () => askTable(path, body, signal))
    const parts: Uint8Array<ArrayBuffer>[] = []
    let bytes = 0
    const reader = answer.body?.getReader()
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
      parts.push(read.value)
      came((bytes += read.value.length))
    }
    connection.online()
    return new Blob(parts, { type: 'text/csv;charset=utf-8' })
  } catch (reason) {
    const fault = reason instanceof CallError ? reason : new CallError('no_answer', '')
    if (!signal.aborted) notice(faultOf(fault).code)
    throw fault
  }
}

async function askTable(path: string, body: object, signal: AbortSignal): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body), signal }).catch(() => null)
  if (!answer) throw new CallError('no_answer', '')
  if (!answer.ok) throw await errorIn(answer)
  return answer
}

async function fetchTable(path: string, signal: AbortSignal): Promise<Blob> {
  const answer = await fetch(path, { headers: { 'x-vouch': '1' }, signal }).catch(() => null)
  if (!answer) throw new CallError('no_answer', '')
  if (!answer.ok) throw await errorIn(answer)
  return answer.blob()
}

/** What stands in the way when somebody saved in between, and what the error says about waiting. */
export const bodyOf = (reason: unknown): ErrorBody | undefined =>
  reason instanceof CallError ? reason.body : undefined

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
  if (reason instanceof CallError) return { code: reason.code, id: reason.requestId, at, field: reason.body?.field }
  return { code: 'unreadable', id: '', at }
}
