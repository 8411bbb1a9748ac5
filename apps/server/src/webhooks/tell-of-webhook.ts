import type { Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { tellPeople } from '../outbox/tell-people.ts'
import { findHolders } from '../people/role-queries.ts'

const words = {
  made: {
    zh: ['新增数据推送', '以后发生的事会推送到'],
    en: ['Webhook added', 'What happens from now on is sent to'],
  },
  changed: {
    zh: ['数据推送改了地址', '推送地址改成'],
    en: ['Webhook changed its address', 'It now sends to'],
  },
  gone: {
    zh: ['数据推送已停用', '接收方要求不再推送：'],
    en: ['Webhook switched off', 'The receiver asked for no more:'],
  },
  gave_up: {
    zh: ['数据推送已停用', '三天多一直没有送到：'],
    en: ['Webhook switched off', 'Nothing arrived for more than three days:'],
  },
} as const

type Told = { webhook: { id: string; name: string; url: string }; what: keyof typeof words; by?: string }

/** Tells every other administrator: where data goes to is not one person's matter. Of an address its host is named. */
export async function tellOfWebhook(
  trx: Transaction<Database>,
  deps: Deps,
  { webhook, what, by }: Told,
): Promise<void> {
  const at = deps.now()
  const holders = await findHolders(trx, ['system_admin', 'security_admin'], at)
  const { zh, en } = words[what]
  const { host } = new URL(webhook.url)
  await tellPeople(trx, deps, at, {
    ...{ kind: 'webhook', subjectId: deps.newId(), path: `/console/settings/webhooks/${webhook.id}` },
    ...{
      to: holders.filter((id) => id !== by),
      zh: [zh[0], `${zh[1]} ${host}（${webhook.name}）`],
      en: [en[0], `${en[1]} ${host} (${webhook.name})`],
    },
  })
}
