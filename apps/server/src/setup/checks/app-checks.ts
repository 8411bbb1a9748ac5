import * as z from 'zod'
import { fault, ok, type Bench, type Found } from './check.ts'
import { asked, hostOf } from './wecom-ask.ts'
import { appWords, domainWords, rangeWords } from './words/wecom.ts'

const app = z.object({
  name: z.string().catch(''),
  close: z.coerce.number().catch(0),
  redirect_domain: z.string().catch(''),
  allow_userinfos: z.object({ user: z.array(z.unknown()).catch([]) }).catch({ user: [] }),
  allow_partys: z.object({ partyid: z.array(z.unknown()).catch([]) }).catch({ partyid: [] }),
  allow_tags: z.object({ tagid: z.array(z.unknown()).catch([]) }).catch({ tagid: [] }),
})

/** Our app as WeCom has it (developer.work.weixin.qq.com/document/path/90227). */
async function askApp({ settings, wecom }: Bench) {
  const got = await asked(settings, () => wecom.call('agent/get', { agentid: settings.WECOM_AGENT_ID ?? '' }))
  return 'found' in got ? got : { app: app.parse(got.answer.body) }
}

export async function checkApp(bench: Bench): Promise<Found> {
  const got = await askApp(bench)
  if ('found' in got) return got.found
  const { name, close } = got.app
  return close === 1 ? fault(appWords.closed(name)) : ok(appWords.fine(name, bench.settings.WECOM_AGENT_ID ?? ''))
}

export async function checkRange(bench: Bench): Promise<Found> {
  const got = await askApp(bench)
  if ('found' in got) return got.found
  const { allow_userinfos, allow_partys, allow_tags } = got.app
  const [members, parties, tags] = [allow_userinfos.user.length, allow_partys.partyid.length, allow_tags.tagid.length]
  return members + parties + tags === 0 ? fault(rangeWords.empty()) : ok(rangeWords.fine(members, parties, tags))
}

export async function checkDomain(bench: Bench): Promise<Found> {
  const got = await askApp(bench)
  if ('found' in got) return got.found
  const [trusted, host] = [got.app.redirect_domain.toLowerCase(), hostOf(bench.settings.PUBLIC_URL)]
  if (trusted === '') return fault(domainWords.none(host))
  return trusted === host ? ok(domainWords.fine(host)) : fault(domainWords.other(trusted, host))
}
