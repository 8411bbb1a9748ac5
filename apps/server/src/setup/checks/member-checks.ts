import type { Both } from '@vouch/contract'
import { errorClass } from '@vouch/wecom'
import * as z from 'zod'
import { findReps } from './check-queries.ts'
import { databaseOf, fault, notAsked, ok, warning, type Bench, type Found } from './check.ts'
import { asked } from './wecom-ask.ts'
import { contactWords, membersWords } from './words/wecom.ts'

/** Asked about one by one; the others are counted. */
const mostNamed = 20
const serving = z.object({ follow_user: z.array(z.string()).catch([]) })

/** Members who have the feature and are in our app's range (wecom-platform.md 3.2). */
async function askServing({ settings, wecom }: Bench) {
  const got = await asked(
    settings,
    () => wecom.call('externalcontact/get_follow_user_list'),
    ({ errcode }) => (errcode === 48002 ? fault(contactWords.notCallable()) : undefined),
  )
  return 'found' in got ? got : { serving: serving.parse(got.answer.body).follow_user }
}

export async function checkContact(bench: Bench): Promise<Found> {
  const got = await askServing(bench)
  if ('found' in got) return got.found
  return got.serving.length === 0 ? fault(contactWords.nobody()) : ok(contactWords.fine(got.serving.length))
}

/** Reps of ours whom WeCom leaves out, each with what is missing. */
export async function checkMembers(bench: Bench): Promise<Found> {
  const reps = await findReps(databaseOf(bench), bench.now())
  if (reps.length === 0) return notAsked(membersWords.nobody())
  const got = await askServing(bench)
  if ('found' in got) return got.found
  const inside = new Set(got.serving.map((userId) => userId.toLowerCase()))
  const outside = reps.filter(({ wecomUserId }) => !inside.has(wecomUserId.toLowerCase()))
  if (outside.length === 0) return ok(membersWords.fine(reps.length))
  const details: Both[] = []
  for (const { name, wecomUserId } of outside.slice(0, mostNamed))
    details.push(await whyOutside(bench, name, wecomUserId))
  if (outside.length > mostNamed) details.push(membersWords.more(outside.length - mostNamed))
  return warning({ ...membersWords.outside(outside.length), details })
}

async function whyOutside({ wecom }: Bench, name: string, userId: string): Promise<Both> {
  const { errcode } = await wecom.call('user/get', { userid: userId })
  if (errorClass(errcode) === 'scope') return membersWords.noRange(name)
  return errorClass(errcode) === 'member' ? membersWords.unknown(name) : membersWords.noFeature(name)
}
