import type { Simulator } from '../simulator.ts'
import { eventXml } from './events.ts'
import { callbackSettings, postOnce } from './deliver.ts'

export type Storm = {
  /** Different messages, and how many of them begin a second. */
  events: number
  perSecond: number
  /** How often each is delivered, whether it was taken or not. */
  deliveries: number
  reorder: boolean
  userid: string
}
type Report = {
  events: number
  deliveries: number
  tookMs: number
  slowestMs: number
  /** Answers by status; 0 is none. */
  statuses: Record<string, number>
}

/** A message is delivered again within about so many others. */
const spread = 200
/** At once; a product that is slower than the pace sets the pace, as one that does not answer in time is not helped by more. */
const connections = 100

/**
 * Many messages at once, as after an outage of WeCom: changes of remarks of this member's contacts, each different from
 * the others. Resolves when all were answered or cut.
 */
export async function storm(
  simulator: Simulator,
  { events, perSecond, deliveries, reorder, userid }: Storm,
): Promise<Report> {
  const settings = callbackSettings(simulator)
  const report: Report = { events, deliveries: 0, tookMs: 0, slowestMs: 0, statuses: {} }
  if (!settings) return report
  const messages = writeMessages(simulator, userid, events)
  const order = messages.flatMap((xml, nth) =>
    Array.from({ length: deliveries }, (_, again) => ({
      xml,
      at: nth + (reorder ? disorder(nth, again) : again / 10),
    })),
  )
  order.sort((one, other) => one.at - other.at)
  const startedAt = Date.now()
  const perDelivery = 1_000 / (perSecond * deliveries)
  const underWay = new Set<Promise<void>>()
  for (const [nth, { xml }] of order.entries()) {
    const waitMs = startedAt + nth * perDelivery - Date.now()
    if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs))
    if (underWay.size >= connections) await Promise.race(underWay)
    const delivery = postOnce(simulator, settings, xml).then(({ status, ms }) => {
      report.deliveries += 1
      report.slowestMs = Math.max(report.slowestMs, ms)
      report.statuses[String(status ?? 0)] = (report.statuses[String(status ?? 0)] ?? 0) + 1
      underWay.delete(delivery)
    })
    underWay.add(delivery)
  }
  await Promise.all(underWay)
  report.tookMs = Date.now() - startedAt
  simulator.feed.tell('callback', `storm of ${events}, each ${deliveries} times`, true, report)
  return report
}

/** The same for the same message, and like no order. */
const disorder = (nth: number, again: number): number => ((nth * 7_919 + again * 104_729) % spread) - spread / 2

/** The second before which all messages of the next storm happened: no two of any storms are alike. */
const nextTime = new WeakMap<Simulator, number>()

/** The next round of the same contacts happened a second earlier. */
function writeMessages(simulator: Simulator, userid: string, events: number): string[] {
  const contacts = simulator.store.follows.filter((one) => one.userid === userid && one.deletedBy === null && !one.half)
  if (contacts.length === 0) return []
  const time = nextTime.get(simulator) ?? Math.floor(simulator.now() / 1_000)
  nextTime.set(simulator, time - Math.ceil(events / contacts.length))
  return Array.from({ length: events }, (_, nth) =>
    eventXml({
      ...{ ToUserName: simulator.config.corpId, FromUserName: 'sys' },
      ...{ CreateTime: String(time - Math.floor(nth / contacts.length)), MsgType: 'event' },
      ...{ Event: 'change_external_contact', ChangeType: 'edit_external_contact' },
      ...{ UserID: userid, ExternalUserID: contacts[nth % contacts.length]!.externalUserid },
    }),
  )
}
