import { sealCallback } from '@vouch/wecom/crypto'
import { sql } from 'kysely'
import { openDatabase } from '../src/db/database.ts'
import { ask, load, median, middle, type Round } from './load.ts'
import { countWecomCalls, startFloors, startProduct } from './product.ts'
import type { Figures } from './search.ts'

type Asked = { ownerUrl: string; applicationUrl: string; rounds: number; roundMs: number }
type Message = { query: string; body: string }

const connections = 64
/** Made ahead, so that signing and encrypting them is not part of what is measured. */
const perRound = 20_000
const deliveries = 3

/**
 * Messages of WeCom, each delivered three times and in disorder, to one server: decrypted, parsed, written once and
 * durably, then answered. Beside it Koa alone that writes a row of the same size for each request.
 */
export async function measureCallbacks({ ownerUrl, applicationUrl, rounds, roundMs }: Asked): Promise<Figures[]> {
  const wecom = await countWecomCalls()
  const product = await startProduct(wecom.url)
  const floors = await startFloors(applicationUrl)
  const db = openDatabase(ownerUrl, 2)
  const taken = { floor: [] as Round[], ours: [] as Round[] }
  let [sent, answered] = [0, 0]
  for (let round = 0; round < rounds; round += 1) {
    await sql`truncate table callback_event`.execute(db)
    const write = async () => (await ask(`${floors.url}/row`, { method: 'POST', body: 'x'.repeat(700) })).status === 200
    taken.floor.push(await load(connections, roundMs, write))
    await sql`truncate table callback_event`.execute(db)

    const messages = sealAll(round)
    const seen = new Set<number>()
    let next = 0
    const ours = await load(connections, roundMs, async () => {
      const nth = next++
      const which = place(nth)
      const message = messages[which % perRound]!
      seen.add(which % perRound)
      const answer = await ask(`${product.url}/wecom/callback?${message.query}`, { method: 'POST', body: message.body })
      return answer.status === 200
    })
    taken.ours.push(ours)
    sent += seen.size
    const { rows } = await sql<{ events: number }>`select count(*) as events from callback_event`.execute(db)
    answered += Number(rows[0]!.events)
  }
  product.stop()
  floors.stop()
  wecom.stop()
  await db.destroy()
  const [our, floor] = [middle(taken.ours), middle(taken.floor)]
  const ratio = median(taken.ours.map((round, nth) => round.perSecond / taken.floor[nth]!.perSecond))
  return [
    {
      what: `callbacks, each ${deliveries} times, ${connections} connections${our.faults ? ` (${our.faults} faults)` : ''}`,
      figure: `${figureOf(our)}, ${Math.round(our.perSecond / deliveries)} new/s`,
      floor: `Koa + raw row ${figureOf(floor)}`,
      ratio: ratio.toFixed(2),
      goal: '≥ 1,000 new/s, p99 < 5 s',
    },
    {
      what: 'messages sent, and rows there are',
      figure: `${sent.toLocaleString('en')} sent`,
      floor: `${answered.toLocaleString('en')} rows`,
      ratio: (answered / sent).toFixed(4),
      goal: '1.0000',
    },
  ]
}

/** The three deliveries of a message come some hundred others apart. */
const place = (nth: number): number => {
  const [block, within] = [Math.floor(nth / 900), nth % 900]
  return block * 300 + ((within * 7) % 300)
}

const figureOf = ({ perSecond, p50, p99 }: Round): string =>
  `${Math.round(perSecond)}/s p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} ms`

function sealAll(round: number): Message[] {
  const settings = {
    token: process.env['WECOM_CALLBACK_TOKEN'] ?? '',
    aesKey: process.env['WECOM_CALLBACK_AES_KEY'] ?? '',
    corpId: process.env['WECOM_CORP_ID'] ?? '',
  }
  const timestamp = Math.floor(Date.now() / 1_000)
  return Array.from({ length: perRound }, (_, nth) => {
    const xml =
      `<xml><ToUserName><![CDATA[${settings.corpId}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName>` +
      `<CreateTime>${timestamp}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_external_contact]]></Event>` +
      `<ChangeType><![CDATA[edit_external_contact]]></ChangeType><UserID><![CDATA[nobody]]></UserID>` +
      `<ExternalUserID><![CDATA[wmBench${round}x${nth}]]></ExternalUserID></xml>`
    const { query, body } = sealCallback(settings, xml, { timestamp, nonce: String(nth) })
    return { query: new URLSearchParams(query).toString(), body }
  })
}
