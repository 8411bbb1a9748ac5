import { sql } from 'kysely'
import { ulid } from 'ulid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requestEndpoints } from '@vouch/contract'
import { buildColleague } from '../../../test/office.ts'
import { buildAddressee, buildLink, startLinkBench, type LinkBench } from '../../../test/link-bench.ts'
import { call } from '../../../test/test-server.ts'

/** A column that says whose a row is: what the structure says, so a new table of theirs cannot be forgotten. */
const whose =
  /(^|_)(account_id|external_user_id|send_id|union_id|consent_id)$|^(survivor_id|merged_id|merged_into|one_id|other_id|lower_id|higher_id)$/

const derived = 'figures, counted from what the copy gives'
/** Tables that hold something of a doctor and are not in the copy, each with why. */
const notInCopy: Record<string, string> = {
  account_import_row: 'rows of a list with their errors, gone with the list; what was taken over is the profile',
  account_pair: 'two records of the list compared with each other; about the list, not the doctor',
  account_merge: 'that records were put together stands in the trail, which the copy gives',
  callback_event: 'that WeCom told us of a contact, by ids alone; what follows from it is the contact',
  consent_answer: 'which statements were one tap; the statements are in the copy',
  contact_answer: 'stated by the account at the match, and in the copy as its consents from then on',
  contact_match: 'who matched them stands in the trail, which the copy gives',
  contact_repair: 'what a sync put right in the contact, whose words are in the copy',
  fact: 'what the client and WeCom reported of a send, which is in the copy',
  link_revocation: 'that a link was taken back stands in the trail, which the copy gives',
  recall_reader: 'a duty of a rep to tell them of a withdrawal; the withdrawal stands on the page itself',
  report_contact: derived,
  report_doctor: derived,
  report_reader: derived,
  send_row: 'by what the list of sends is filtered, read from sends that are in the copy',
  undone_consent: 'carried over by a merge that was undone: it counts no more and its original is in the copy',
}

const proof = 'held by law: proof of what was sent and agreed'
/** Tables where a granted erasure leaves something, each with why. */
const kept: Record<string, string> = {
  account: 'the company’s list of doctors, from public registers and employers, restricted by the withdrawn consent',
  account_assignment: 'which rep serves which post; about the rep',
  account_change: 'names and posts for the list of doctors; what a rep wrote about them goes',
  account_import_row: 'ids alone',
  account_merge: 'proof of what belongs together: without it limits and withdrawals would be lost',
  account_pair: 'ids alone',
  audit_entry: 'the permanent record; ids, no words about the doctor',
  callback_event: 'ids alone, removed after half a year',
  consent: proof,
  consent_answer: proof,
  consent_claim: proof,
  consent_paper: proof,
  contact_answer: proof,
  contact_follow: 'which rep, since when and by which code; remarks go',
  contact_match: 'proof of who was taken for whom',
  content_ask: 'a wish of the doctor towards one piece',
  fact: proof,
  hcp_request: 'the request itself, its answer and what was erased',
  link_revocation: proof,
  link_visit: proof,
  recall_reader: 'safety: whoever read a withdrawn piece must be found',
  report_contact: 'counts of sends that are held',
  report_doctor: 'standing and territory of the list of doctors',
  report_reader: 'that they read on a day, for the figures; no page and no duration',
  safety_report: 'held by law: safety of medicines',
  send: proof,
  send_row: 'ids, outcome and day of a send that is held',
  undone_consent: proof,
  welcome: proof,
}

let server: LinkBench
let doctor: Awaited<ReturnType<typeof buildWholeDoctor>>
beforeAll(async () => {
  server = await startLinkBench()
  doctor = await buildWholeDoctor()
})
afterAll(() => server.stop())

type Column = { table: string; name: string; type: string; length: number | null; charset: string | null }

async function columnsOf(): Promise<Map<string, Column[]>> {
  const { rows } = await sql<Column & { extra: string }>`
    select table_name as \`table\`, column_name as name, data_type as type,
      character_maximum_length as length, character_set_name as charset, extra
    from information_schema.columns where table_schema = database() order by table_name, ordinal_position
  `.execute(server.owner)
  const tables = new Map<string, Column[]>()
  for (const { extra, ...column } of rows)
    if (!/auto_increment|generated/i.test(extra))
      tables.set(column.table, [...(tables.get(column.table) ?? []), column])
  return new Map([...tables].filter(([, columns]) => columns.some(({ name }) => whose.test(name))))
}

type Link = Awaited<ReturnType<typeof buildLink>>
/** Columns whose words others read as one of few. */
const fixed: Record<string, Record<string, unknown>> = {
  consent_paper: { purposes: 'receive', stage: 'confirmed' },
  contact_answer: { purpose: 'receive', statement: 'opted_in' },
  consent_claim: { purpose: 'receive' },
  hcp_request: { kind: 'complaint', life: 'done', erased: '' },
  safety_report: { seriousness: 'serious' },
  page_view: { content_item_id: null },
  account_wish: { unwanted: 'CANARYWISH', quiet_from: 1_320, quiet_until: 480 },
  welcome: { life: 'sent' },
  contact_repair: { what: 'nickname' },
  account_change: { life: 'applied' },
  link_visit: { visitor: 'addressee' },
}
const built = ['account', 'external_contact', 'contact_follow', 'send', 'consent']
const firstCanary = Date.parse('2031-01-01T00:00:00.000Z')

/** What a row of the doctor says in this column; the second when it is a canary. */
function valueOf(link: Link, place: number, column: Column): [value: unknown, canary: string | null] {
  const { name, type, length, table, charset } = column
  const given = fixed[table]
  if (given && name in given)
    return [given[name], String(given[name]).startsWith('CANARY') ? String(given[name]) : null]
  if (name.endsWith('external_user_id')) return [link.externalUserId, null]
  if (name.endsWith('send_id')) return [link.sendId, null]
  if (whose.test(name)) return [link.accountId, null]
  if (/(rep_id|_by|person_id)$/.test(name)) return [link.repId, null]
  if (name === 'content_item_id') return [link.contentItemId, null]
  if (type === 'datetime') {
    const at = new Date(firstCanary + place * 1_000)
    return [at, at.toISOString()]
  }
  if (type === 'date') return ['2031-01-01', null]
  if (/json|longtext/.test(type)) return ['{}', null]
  if (/char|text/.test(type)) {
    if (charset === 'ascii' || (length ?? 0) < 40) return [ulid().slice(-Math.min(26, length ?? 26)), null]
    const canary = `金丝雀${table}.${name}`.slice(0, length ?? 200)
    return [canary, canary]
  }
  return [1, null]
}

/** A doctor of whom every table holds something, and the words by which each row of it is known again. */
async function buildWholeDoctor() {
  const tables = await columnsOf()
  const link = await buildLink(server)
  const canaries = new Map<string, string[]>()
  let place = 0
  for (const [table, columns] of tables) {
    const values = columns.map((column) => {
      place += 1
      return { column, said: valueOf(link, place, column) }
    })
    canaries.set(
      table,
      values.flatMap(({ said: [, canary] }) => canary ?? []),
    )
    if (built.includes(table)) {
      await changeBuilt(table, link, values)
      continue
    }
    const names = sql.join(values.map(({ column }) => sql.ref(column.name)))
    const row = sql.join(values.map(({ said: [value] }) => sql`${value}`))
    await sql`insert into ${sql.table(table)} (${names}) values (${row})`.execute(server.owner)
  }
  return { link, tables, canaries }
}

/** Rows that exist already take the words, and of the times only those that open nothing and close nothing. */
async function changeBuilt(
  table: string,
  { accountId, externalUserId, sendId }: Link,
  values: { column: Column; said: [value: unknown, canary: string | null] }[],
): Promise<void> {
  const times = ['decided_at', 'stated_at']
  const taken = values.filter(
    ({ column: { name, type }, said: [, canary] }) => canary && (type !== 'datetime' || times.includes(name)),
  )
  if (taken.length === 0) return
  const set = sql.join(taken.map(({ column, said: [value] }) => sql`${sql.ref(column.name)} = ${value}`))
  const where = { account: sql`id = ${accountId}`, send: sql`id = ${sendId}`, consent: sql`account_id = ${accountId}` }
  await sql`update ${sql.table(table)} set ${set} where ${
    where[table as keyof typeof where] ?? sql`external_user_id = ${externalUserId}`
  }`.execute(server.owner)
}

describe('[R19] [R21] every table that holds something of a doctor', () => {
  test('is in the copy of their data, or named with why it is not', async () => {
    const { link, tables, canaries } = doctor
    const copy = (await (await buildAddressee(server, link)).go('/me/copy.json')).text
    const told = [...tables.keys()].filter((table) => canaries.get(table)!.some((canary) => copy.includes(canary)))
    expect([...told, ...Object.keys(notInCopy)].toSorted()).toEqual([...tables.keys()].toSorted())
  })

  test('is emptied by a granted erasure, or named with why it is not', async () => {
    const { link, tables } = doctor
    const { accountId, externalUserId } = link
    const officer = await buildColleague(server, 'compliance_officer')
    const hcpRequestId = ulid()
    await server.owner
      .insertInto('hcpRequest')
      .values({
        ...{ id: hcpRequestId, requestId: crypto.randomUUID(), receipt: 'R1', kind: 'erasure', life: 'waiting' },
        ...{ accountId, externalUserId, wording: '', openFor: null, filedAt: server.clock.at },
        ...{ decidedBy: null, decidedAt: null, decisionId: null },
      })
      .execute()
    const asked = { requestId: crypto.randomUUID(), hcpRequestId, decision: 'done' as const, answer: '已按规定处理。' }
    const answer = await call(server, officer.cookie, requestEndpoints.decideHcpRequest, asked)
    expect(answer.body).toMatchObject({ outcome: 'done' })
    const left: string[] = []
    for (const [table, columns] of tables) if (await holds(table, columns, link)) left.push(table)
    expect(left.toSorted()).toEqual(Object.keys(kept).toSorted())
  })
})

/** Whether the table still says a word of them; one without words, whether it still has a row of theirs. */
async function holds(table: string, columns: Column[], link: Link): Promise<boolean> {
  const worded = columns.filter((column) => String(valueOf(link, 0, column)[1]).startsWith('金丝雀'))
  const rows = columns.filter(({ name }) => whose.test(name) && !/union_id|consent_id/.test(name))
  const ids = [link.accountId, link.externalUserId, link.sendId]
  const theirs = sql.join(
    [...rows.map(({ name }) => name), ...(table === 'account' || table === 'send' ? ['id'] : [])].map(
      (name) => sql`${sql.ref(name)} in (${sql.join(ids)})`,
    ),
    sql` or `,
  )
  const words = sql.join(
    worded.map(({ name }) => sql`${sql.ref(name)} like '金丝雀%'`),
    sql` or `,
  )
  const said = worded.length > 0 ? sql`and (${words})` : sql``
  const whoseRow = rows.length > 0 || table === 'account' ? sql`(${theirs})` : sql`true`
  const { rows: found } = await sql`select 1 from ${sql.table(table)} where ${whoseRow} ${said} limit 1`.execute(
    server.owner,
  )
  return found.length > 0
}
