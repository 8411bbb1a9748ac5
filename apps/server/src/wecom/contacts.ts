import * as z from 'zod'
import type { Ask } from './transport.ts'
import { refusalClass, WeComRefusal } from './wecom-refusal.ts'
import type { ContactsPage, FollowedContact, WeCom } from './wecom.ts'

const mostPages = 500

const text = z.string().catch('')
const whole = z.number().int().optional().catch(undefined)
const member = z.object({ status: z.number().optional(), userid: text, name: text })
const person = z.object({ name: text, unionid: text, type: whole, corp_name: text })
const follower = z.object({
  ...{ userid: z.string(), remark: text, remark_corp_name: text, createtime: whole, add_way: whole, state: text },
})
const contact = z.object({
  external_contact: person,
  follow_user: z.array(follower).catch([]),
  next_cursor: text,
})
const serving = z.object({ follow_user: z.array(z.string()).catch([]) })
const page = z.object({
  external_contact_list: z
    .array(z.object({ external_contact: person.extend({ external_userid: z.string() }), follow_info: follower }))
    .catch([]),
  next_cursor: text,
  fail_info: z.object({ unlicensed_userid_list: z.array(z.string()).catch([]) }).optional(),
})

/** 2 is disabled and 5 has left; 4, not yet activated, is staff all the same. */
const gone = [2, 5]
/** Refusals that are about one of the members asked about, not about the app. */
const ofOneMember: readonly (string | undefined)[] = ['member', 'relation', 'scope']
const memberHasNoFeature = [84074, 84084]

export async function isEmployed(call: Ask, userId: string): Promise<boolean> {
  try {
    const { status } = member.parse(await call({ path: 'user/get', query: { userid: userId } }))
    return status === undefined || !gone.includes(status)
  } catch (fault) {
    if (refusalClass(fault) === 'member') return false
    throw fault
  }
}

export async function findMember(call: Ask, userId: string): ReturnType<WeCom['findMember']> {
  try {
    const { userid, name, status } = member.parse(await call({ path: 'user/get', query: { userid: userId } }))
    return {
      outcome: 'found',
      userId: userid || userId,
      name,
      employed: status === undefined || !gone.includes(status),
    }
  } catch (fault) {
    if (refusalClass(fault) === 'member') return { outcome: 'unknown_to_wecom' }
    if (refusalClass(fault) === 'scope') return { outcome: 'out_of_range' }
    throw fault
  }
}

export async function servingMembers(call: Ask): Promise<string[]> {
  return serving.parse(await call({ path: 'externalcontact/get_follow_user_list' })).follow_user
}

/** One page of `batch/get_by_user`. What WeCom refuses for the sake of one member, or of the cursor, is an answer. */
export async function contactsPage(
  call: Ask,
  { userIds, cursor }: { userIds: readonly string[]; cursor: string },
): Promise<ContactsPage> {
  try {
    const json = { userid_list: userIds, cursor, limit: 100 }
    const answer = page.parse(await call({ path: 'externalcontact/batch/get_by_user', json }))
    return {
      outcome: 'page',
      contacts: answer.external_contact_list.map(({ external_contact, follow_info }) => ({
        externalUserId: external_contact.external_userid,
        ...asPerson(external_contact),
        ...asFollower(follow_info),
      })),
      next: answer.next_cursor,
      unlicensed: answer.fail_info?.unlicensed_userid_list ?? [],
    }
  } catch (fault) {
    if (!(fault instanceof WeComRefusal)) throw fault
    if (refusalClass(fault) === 'relation' && userIds.length === 1) return { outcome: 'none' }
    if (ofOneMember.includes(refusalClass(fault)) || memberHasNoFeature.includes(fault.errcode))
      return { outcome: 'member_refused' }
    if (refusalClass(fault) === 'bug' && cursor !== '') return { outcome: 'cursor_refused' }
    throw fault
  }
}

/** More than 500 followers come in pages. */
export async function findContact(call: Ask, externalUserId: string): ReturnType<WeCom['findContact']> {
  let found: Awaited<ReturnType<WeCom['findContact']>>
  let cursor = ''
  for (let pages = 0; pages < mostPages; pages += 1) {
    const answer = await findContactPage(call, externalUserId, cursor)
    if (!answer) return undefined
    const earlier: { userId: string; remark: string }[] = found?.followers ?? []
    found = { ...asPerson(answer.external_contact), followers: [...earlier, ...answer.follow_user.map(asFollower)] }
    if (!answer.next_cursor || answer.next_cursor === cursor || answer.follow_user.length === 0) break
    cursor = answer.next_cursor
  }
  return found
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

const asPerson = ({ name, unionid, type, corp_name }: z.output<typeof person>) => ({
  nickname: name,
  ...(corp_name ? { company: corp_name } : {}),
  ...(unionid ? { unionId: unionid } : {}),
  kind: type === 2 ? ('wecom' as const) : ('wechat' as const),
})

const asFollower = (seen: z.output<typeof follower>): FollowedContact => ({
  userId: seen.userid,
  remark: seen.remark,
  remarkCompany: seen.remark_corp_name,
  scanState: seen.state,
  ...(seen.createtime ? { beganAt: new Date(seen.createtime * 1_000) } : {}),
  ...(seen.add_way === undefined ? {} : { addWay: seen.add_way }),
})
