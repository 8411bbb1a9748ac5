import * as z from 'zod'
import { AppError } from '../errors.ts'
import type { Ask } from './transport.ts'
import { refusalClass } from './wecom-refusal.ts'
import type { WeCom } from './wecom.ts'

const mostPages = 500

const text = z.string().catch('')
const member = z.object({ status: z.number().optional() })
const contact = z.object({
  external_contact: z.object({ name: text }),
  follow_user: z.array(z.object({ userid: z.string(), remark: text })).catch([]),
  next_cursor: text,
})
const page = z.object({
  external_contact_list: z.array(
    z.object({
      external_contact: z.object({ external_userid: z.string(), name: text }),
      follow_info: z.object({ userid: text, remark: text }),
    }),
  ),
  next_cursor: text,
})

/** 2 is disabled and 5 has left; 4, not yet activated, is staff all the same. */
const gone = [2, 5]

export async function isEmployed(call: Ask, userId: string): Promise<boolean> {
  try {
    const { status } = member.parse(await call({ path: 'user/get', query: { userid: userId } }))
    return status === undefined || !gone.includes(status)
  } catch (fault) {
    if (refusalClass(fault) === 'member') return false
    throw fault
  }
}

/** Follows every page; a member who is unknown or has no customers follows nobody. */
export async function followedBy(call: Ask, userId: string): ReturnType<WeCom['followedBy']> {
  const found = new Map<string, { externalUserId: string; nickname: string; remark: string }>()
  let cursor = ''
  for (let pages = 0; pages < mostPages; pages += 1) {
    const answer = await findPage(call, userId, cursor)
    for (const { external_contact, follow_info } of answer?.external_contact_list ?? []) {
      const externalUserId = external_contact.external_userid
      found.set(externalUserId, { externalUserId, nickname: external_contact.name, remark: follow_info.remark })
    }
    if (!answer?.next_cursor || answer.next_cursor === cursor) return [...found.values()]
    cursor = answer.next_cursor
  }
  throw new AppError('wecom_unavailable') // a list without end must not be taken for a whole one
}

async function findPage(call: Ask, userId: string, cursor: string) {
  try {
    const json = { userid_list: [userId], cursor, limit: 100 }
    return page.parse(await call({ path: 'externalcontact/batch/get_by_user', json }))
  } catch (fault) {
    const asks = refusalClass(fault)
    if (asks === 'relation' || asks === 'member') return undefined
    throw fault
  }
}

/** More than 500 followers come in pages. */
export async function findContact(call: Ask, externalUserId: string): ReturnType<WeCom['findContact']> {
  const followers: { userId: string; remark: string }[] = []
  let nickname = ''
  let cursor = ''
  for (let pages = 0; pages < mostPages; pages += 1) {
    const answer = await findContactPage(call, externalUserId, cursor)
    if (!answer) return undefined
    nickname = answer.external_contact.name
    followers.push(...answer.follow_user.map(({ userid, remark }) => ({ userId: userid, remark })))
    if (!answer.next_cursor || answer.next_cursor === cursor || answer.follow_user.length === 0) break
    cursor = answer.next_cursor
  }
  return { nickname, followers }
}

async function findContactPage(call: Ask, externalUserId: string, cursor: string) {
  try {
    const query = { external_userid: externalUserId, ...(cursor ? { cursor } : {}) }
    return contact.parse(await call({ path: 'externalcontact/get', query }))
  } catch (fault) {
    if (refusalClass(fault) === 'relation') return undefined
    throw fault
  }
}
