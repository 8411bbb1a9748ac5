import type { Simulator } from '../simulator.ts'
import { getApp } from './app.ts'
import type { ApiAnswer, ApiCall, ApiRequest } from './call.ts'
import {
  addContactWay,
  closeTempChat,
  delContactWay,
  getContactWay,
  listContactWay,
  updateContactWay,
} from './contact-ways.ts'
import { batchByUser, getContact, getFollowUserList, listContacts, setRemark } from './contacts.ts'
import { checkToken } from './credentials.ts'
import { errorBody, WeComError } from './errors.ts'
import { checkIpBlock, countCall } from './limits.ts'
import { getUnassigned, resignedResult, resignedTransfer, transferCustomer, transferResult } from './hand-over.ts'
import { getMedia, uploadMedia } from './media.ts'
import { getUser, getUserDetail, getUserInfo } from './members.ts'
import { recallMessage, sendAppMessage, sendWelcome } from './messages.ts'
import { getAppTicket, getCallbackIp, getCorpTicket, getToken } from './tokens.ts'

const calls: Record<string, ApiCall> = {
  '/cgi-bin/gettoken': getToken,
  '/cgi-bin/get_jsapi_ticket': getCorpTicket,
  '/cgi-bin/ticket/get': getAppTicket,
  '/cgi-bin/getcallbackip': getCallbackIp,
  '/cgi-bin/agent/get': getApp,
  '/cgi-bin/auth/getuserinfo': getUserInfo,
  '/cgi-bin/auth/getuserdetail': getUserDetail,
  '/cgi-bin/user/get': getUser,
  '/cgi-bin/externalcontact/get_follow_user_list': getFollowUserList,
  '/cgi-bin/externalcontact/list': listContacts,
  '/cgi-bin/externalcontact/get': getContact,
  '/cgi-bin/externalcontact/batch/get_by_user': batchByUser,
  '/cgi-bin/externalcontact/remark': setRemark,
  '/cgi-bin/externalcontact/transfer_customer': transferCustomer,
  '/cgi-bin/externalcontact/transfer_result': transferResult,
  '/cgi-bin/externalcontact/get_unassigned_list': getUnassigned,
  '/cgi-bin/externalcontact/resigned/transfer_customer': resignedTransfer,
  '/cgi-bin/externalcontact/resigned/transfer_result': resignedResult,
  '/cgi-bin/externalcontact/send_welcome_msg': sendWelcome,
  '/cgi-bin/externalcontact/add_contact_way': addContactWay,
  '/cgi-bin/externalcontact/get_contact_way': getContactWay,
  '/cgi-bin/externalcontact/list_contact_way': listContactWay,
  '/cgi-bin/externalcontact/update_contact_way': updateContactWay,
  '/cgi-bin/externalcontact/del_contact_way': delContactWay,
  '/cgi-bin/externalcontact/close_temp_chat': closeTempChat,
  '/cgi-bin/media/upload': uploadMedia,
  '/cgi-bin/media/get': getMedia,
  '/cgi-bin/message/send': sendAppMessage,
  '/cgi-bin/message/recall': recallMessage,
}

export type RawRequest = {
  method: string
  path: string
  query: URLSearchParams
  body: Buffer
  contentType: string
  ip: string
}

/** Answers one call of /cgi-bin. Never throws for a wrong call: errors are bodies with HTTP 200. */
export async function answerApi(simulator: Simulator, raw: RawRequest): Promise<ApiAnswer> {
  const answer = await decideAnswer(simulator, raw).catch((error: unknown) => {
    if (error instanceof WeComError) return errorBody(error, simulator.store.switches.seenIp || raw.ip, simulator.now())
    throw error
  })
  const errcode = 'errcode' in answer ? answer['errcode'] : 0
  const title = `${raw.method} ${raw.path} -> ${String(errcode)}`
  simulator.feed.tell('api', title, errcode === 0, { query: shown(raw.query), answer: shortened(answer) })
  return answer
}

async function decideAnswer(simulator: Simulator, raw: RawRequest): Promise<ApiAnswer> {
  const call = calls[raw.path]
  if (!call) throw new WeComError(40066, 'invalid url path')
  checkIpBlock(simulator, raw.ip)
  if (!call.withoutToken) checkToken(simulator, raw.query.get('access_token'))
  if (raw.method !== call.method) throw new WeComError(call.method === 'GET' ? 43001 : 43002)
  if (!call.withoutToken) checkFaults(simulator, call)
  const asked = readRequest(raw)
  // getuserinfo is not counted (wecom-platform.md 1.2)
  if (call !== getUserInfo) countCall(simulator, raw.path, raw.ip)
  const answer = await call.answer(simulator, asked)
  return 'binary' in answer ? answer : { errcode: 0, errmsg: 'ok', ...answer }
}

function checkFaults(simulator: Simulator, call: ApiCall): void {
  const { apiFault, appClosed } = simulator.store.switches
  if (appClosed && call !== getApp) throw new WeComError(50003)
  if (apiFault === 'wrong-ip') throw new WeComError(60020)
  if (apiFault === 'busy') throw new WeComError(-1)
  if (apiFault === 'rate-limited') throw new WeComError(45009)
  if (apiFault === 'not-callable' && call.contacts) throw new WeComError(48002)
}

function readRequest({ query, body, contentType, ip }: RawRequest): ApiRequest {
  if (body.length === 0 || contentType.startsWith('multipart/')) return { query, json: {}, body, contentType, ip }
  try {
    const json: unknown = JSON.parse(body.toString('utf8'))
    if (typeof json === 'object' && json !== null)
      return { query, json: json as Record<string, unknown>, body, contentType, ip }
  } catch {
    throw new WeComError(47001)
  }
  throw new WeComError(47001)
}

const secretNames = ['access_token', 'corpsecret', 'ticket', 'code']

function shown(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...query].map(([name, value]) => [name, secretNames.includes(name) ? '…' : value]))
}

function shortened(answer: ApiAnswer): unknown {
  if ('binary' in answer) return { bytes: (answer['binary'] as Buffer).length }
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name, secretNames.includes(name) ? '…' : value]),
  )
}
