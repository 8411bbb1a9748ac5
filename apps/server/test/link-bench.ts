import type { Insertable, Updateable } from 'kysely'
import { ulid } from 'ulid'
import type { AccountTable } from '../src/db/tables/contacts.ts'
import type { ConsentTable } from '../src/db/tables/consents.ts'
import type { ContentItemTable } from '../src/db/tables/content.ts'
import type { PersonTable } from '../src/db/tables/people.ts'
import type { Visitor } from '../src/wecom/wecom.ts'
import * as builders from './builders.ts'
import { buildAccount, buildCompany, buildContact, buildPiece, buildRep } from './builders.ts'
import { memoryFiles } from './memory-files.ts'
import { morning, publicUrl, startTestServer, type TestServer } from './test-server.ts'

const hour = 3_600_000
export const wechat =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.50 NetType/WIFI Language/zh_CN'

/** A test server that stores files, knows the company, and counts the statements of its application. */
export async function startLinkBench() {
  const server = await startTestServer()
  await buildCompany(server)
  const company = { id: 1, name: '示例药业', nameEn: 'Example Pharma', safetyPhone: '400-000-0000' }
  await server.db
    .insertInto('company')
    .ignore()
    .values({ ...company, safetyEmail: 'safety@example.com' })
    .execute()

  const stored = new Map<string, Buffer>()
  const counter = { statements: 0 }
  const db = server.db.withPlugin({
    transformQuery: ({ node }) => {
      counter.statements += 1
      return node
    },
    transformResult: async ({ result }) => result,
  })
  Object.assign(server.deps, { db, files: memoryFiles(stored) })
  return { ...server, stored, counter }
}
export type LinkBench = Awaited<ReturnType<typeof startLinkBench>>

type Given = {
  piece?: Parameters<typeof buildPiece>[1]
  rep?: Partial<Insertable<PersonTable>>
  account?: Partial<Insertable<AccountTable>>
  /** Newest word on receiving; a yes unless said otherwise. */
  receive?: ConsentTable['statement'] | null
  pages?: number
}

/** A send of a piece of three pages to a doctor who agreed, an hour ago, and its link. */
export async function buildLink(server: LinkBench, given: Given = {}) {
  const { pages = 3, receive = 'opted_in' } = given
  const fileHash = given.piece?.fileHash ?? ulid().toLowerCase().padEnd(64, '0')
  const repId = await buildRep(server, given.rep)
  const accountId = await buildAccount(server, given.account)
  const externalUserId = await buildContact(server, repId, accountId)
  const piece = { title: '三期研究摘要', pageCount: pages, fileHash, approvedHash: fileHash, ...given.piece }
  const contentItemId = await buildPiece(server, piece)
  if (receive) await state(server, accountId, 'receive', receive)
  for (let number = 1; number <= pages; number += 1) {
    const page = { contentItemId, number, width: 1080, height: 1527, placeholder: '', text: `无进展生存期 ${number}` }
    await server.db.insertInto('contentPage').values(page).execute()
    for (const width of [480, 720, 1080]) {
      server.stored.set(`pages/${fileHash}/${number}-${width}.webp`, Buffer.from(`page ${number} at ${width}`))
    }
  }
  const sendId = await buildSend(server, { repId, accountId, externalUserId, contentItemId })
  const token = server.deps.secrets.linkTokenOf(sendId)
  return { repId, accountId, externalUserId, contentItemId, sendId, token, path: `/l/${token}`, fileHash }
}
export type Link = Awaited<ReturnType<typeof buildLink>>

async function buildSend(
  { db }: TestServer,
  asked: { repId: string; accountId: string; externalUserId: string; contentItemId: string },
): Promise<string> {
  const id = ulid()
  const { documentId, class: contentClass } = await db
    .selectFrom('contentItem')
    .select(['documentId', 'class'])
    .where('id', '=', asked.contentItemId)
    .executeTakeFirstOrThrow()
  await db
    .insertInto('send')
    .values({
      ...{
        id,
        requestId: crypto.randomUUID(),
        bodyHash: '0'.repeat(64),
        documentId,
        class: contentClass,
        kind: 'news',
      },
      ...{ outcome: 'authorised', mediaId: null, messageDigest: '0'.repeat(64), policyVersion: 1, weighed: '{}' },
      ...{ decidedAt: new Date(morning.getTime() - hour), ...asked },
    })
    .execute()
  return id
}

/** The doctor says yes or no to one purpose, now or at another moment. */
export async function state(
  { db, clock }: Pick<LinkBench, 'db' | 'clock'>,
  accountId: string,
  purpose: ConsentTable['purpose'],
  statement: ConsentTable['statement'],
  statedAt = clock.at,
): Promise<void> {
  await db
    .insertInto('consent')
    .values({
      ...{ id: ulid(), accountId, purpose, statement, textVersion: 1, textHash: '0'.repeat(64), language: 'zh-CN' },
      ...{ channel: 'link', identity: 'external_userid', statedAt, recordedAt: statedAt },
    })
    .execute()
}

export async function changePiece(server: LinkBench, link: Link, change: Updateable<ContentItemTable>, unseen = false) {
  await builders.changePiece(server, link.contentItemId, change, unseen)
}

/** A browser with its own cookies that stays where it is when it is sent elsewhere. */
export function createBrowser(server: LinkBench, headers: Record<string, string> = {}) {
  const cookies = new Map<string, string>()
  async function go(path: string, init: RequestInit & { headers?: Record<string, string> } = {}) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const sent = {
      'user-agent': wechat,
      'accept-language': 'zh-CN',
      ...headers,
      ...(cookie && { cookie }),
      ...init.headers,
    }
    const answer = await fetch(server.url + path, { ...init, headers: sent, redirect: 'manual' })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }
  const tap = (path: string, body: string, type: string, more: Record<string, string> = {}) =>
    go(path, { method: 'POST', body, headers: { origin: publicUrl, 'content-type': type, ...more } })
  return {
    cookies,
    go,
    form: (path: string, fields = '') => tap(path, fields, 'application/x-www-form-urlencoded'),
    post: (path: string, body: unknown) => tap(path, JSON.stringify(body), 'application/json'),
    tap,
  }
}
export type Browser = ReturnType<typeof createBrowser>

/** The reader's own tap and WeChat's answer to it; returns the last answer of the way back. */
export async function recognise(server: LinkBench, browser: Browser, path: string, visitor: Visitor | undefined) {
  const code = ulid()
  if (visitor) server.told.codes.set(code, visitor)
  const out = await browser.form(`${path}/recognise`)
  const oauth = new URL(out.headers.get('location') ?? '')
  const back = new URL(oauth.searchParams.get('redirect_uri') ?? '')
  const returnTo = `${back.pathname}?code=${code}&state=${oauth.searchParams.get('state') ?? ''}`
  return { returnTo, out, answer: await browser.go(returnTo) }
}

/** A browser that is already known to be the link's addressee. */
export async function buildAddressee(server: LinkBench, link: Link): Promise<Browser> {
  const browser = createBrowser(server)
  await recognise(server, browser, link.path, { kind: 'contact', externalUserId: link.externalUserId, openId: 'o' })
  return browser
}

export async function findVisits({ db }: LinkBench, sendId: string): Promise<string[]> {
  const rows = await db.selectFrom('linkVisit').select('visitor').where('sendId', '=', sendId).orderBy('id').execute()
  return rows.map((row) => row.visitor)
}
