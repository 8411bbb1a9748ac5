import { randomInt } from 'node:crypto'
import { openCallback, sealCallback, sealUrlCheck, type CallbackSettings } from '@vouch/wecom/crypto'
import { findLastEvent, findNote } from './check-queries.ts'
import { both, databaseOf, fault, notAsked, ok, warning, type Bench, type Check, type Found } from './check.ts'
import { fetchOwn, OwnFault } from './fetch-own.ts'
import { eventsWords, keyWords } from './words/callback.ts'
import { doorWords } from './words/web.ts'
import { shown } from './words/when.ts'

const dayMs = 86_400_000
const quietDays = 3
/** WeCom waits no longer for the answer to its check (wecom-platform.md 4). */
const patienceMs = 1_000

const callbackOf = ({ settings }: Bench): CallbackSettings => ({
  token: settings.WECOM_CALLBACK_TOKEN ?? '',
  aesKey: settings.WECOM_CALLBACK_AES_KEY ?? '',
  corpId: settings.WECOM_CORP_ID ?? '',
})
const stampOf = ({ now }: Bench) => ({ timestamp: Math.floor(now().getTime() / 1_000), nonce: String(randomInt(1e9)) })

/** Seals a message as WeCom would, with the key as it is set, and opens it again. */
function checkKey(bench: Bench): Found {
  const plain = `<xml><MsgType>event</MsgType><Event>自测 ${bench.now().getTime()}</Event></xml>`
  try {
    const { query, body } = sealCallback(callbackOf(bench), plain, stampOf(bench))
    return openCallback(callbackOf(bench), query, body) === plain ? ok(keyWords.fine()) : fault(keyWords.broken())
  } catch {
    return fault(keyWords.broken())
  }
}

/** The check WeCom makes when the address is saved, made by ourselves through our own public address. */
async function checkDoor(bench: Bench): Promise<Found> {
  const expected = `${randomInt(1e9, 2e14)}${randomInt(10_000, 99_999)}`
  const query = new URLSearchParams(sealUrlCheck(callbackOf(bench), expected, stampOf(bench)))
  const began = performance.now()
  try {
    const { status, text } = await fetchOwn(bench.settings, `/wecom/callback?${query}`)
    const tookMs = Math.round(performance.now() - began)
    if (status !== 200) return fault(doorWords.refused(status))
    if (text !== expected) return fault(doorWords.changed())
    return tookMs > patienceMs ? warning(doorWords.slow(tookMs)) : ok(doorWords.fine(tookMs))
  } catch (thrown) {
    if (!(thrown instanceof OwnFault)) throw thrown
    return fault(doorWords.silent(thrown.code))
  }
}

/** A callback that could not be opened counts only until a good one comes: anybody may knock at that door. */
async function checkEvents(bench: Bench): Promise<Found> {
  const db = databaseOf(bench)
  const [last, refusal] = await Promise.all([findLastEvent(db), findNote(db, 'callback_refused')])
  if (refusal && (!last || refusal.at > last)) {
    const words = refusal.said === 'stale' ? eventsWords.stale : eventsWords.refused
    const isNew = last && bench.now().getTime() - last.getTime() < dayMs
    return (isNew ? warning : fault)(words(shown(refusal.at), refusal.said))
  }
  if (!last) return notAsked(eventsWords.never())
  const days = Math.floor((bench.now().getTime() - last.getTime()) / dayMs)
  return days >= quietDays ? warning(eventsWords.old(days, shown(last))) : ok(eventsWords.fine(shown(last)))
}

const receive = both(
  '管理后台 > 应用管理 > 我们的应用 > 接收消息 > 设置 API 接收',
  'admin console > App management > our app > Receive messages > API',
)
const settings = ['WECOM_CALLBACK_TOKEN', 'WECOM_CALLBACK_AES_KEY', 'WECOM_CORP_ID'] as const

export const callbackChecks = {
  'callback.key': {
    group: 'callback',
    title: both('加解密自测', 'Cipher'),
    where: receive,
    settings,
    cheap: true,
    run: checkKey,
  },
  'callback.door': {
    group: 'callback',
    title: both('回调地址', 'Callback address'),
    where: both('反向代理的配置', 'the configuration of the reverse proxy'),
    settings: [...settings, 'PUBLIC_URL'],
    after: ['callback.key', 'web.answers'],
    run: checkDoor,
  },
  'callback.events': {
    group: 'callback',
    title: both('最近的事件', 'Last event'),
    where: receive,
    settings: [...settings, 'DATABASE_URL'],
    after: ['data.migrations'],
    run: checkEvents,
  },
} satisfies Record<string, Check>
