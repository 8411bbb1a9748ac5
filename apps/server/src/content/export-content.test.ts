import { searchEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildCompany, buildPiece } from '../../test/builders.ts'
import { buildColleague, eventsOf } from '../../test/office.ts'
import { call, startTestServer, type TestServer } from '../../test/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())

it('gives the rows of the list, all pages of it, in its order, as cells that no spreadsheet runs, on record', async () => {
  const ids: string[] = []
  for (let nth = 0; nth < 25; nth += 1)
    ids.unshift(await buildPiece(server, { title: `摘要${nth}`, documentId: `D-${nth}` }))
  await buildPiece(server, { title: '=cmd()', state: 'withdrawn' })
  const reader = await buildColleague(server, 'auditor')
  const take = async (asked: object) =>
    (await call(server, reader.cookie, searchEndpoints.exportContent, { language: 'zh', ...asked })).body
  const { csv, rows, cut } = await take({ show: 'approved' })
  expect([rows, cut]).toEqual([25, false])
  const lines = csv.split('\r\n')
  expect(lines[0]).toBe(
    '\ufeff"资料编号","版本","标题","类型","状态","待核对","产品","到期",' +
      '"已发：存档证实","已发：医生已打开","已发：仅客户端","已发：结果未知","打开率 (%)","负责人"',
  )
  expect(lines[1]).toContain(
    '"D-24","v1","摘要24","文档","已批准","","示例单抗","2027-03-09 10:00:00 +08:00","","","","","",""',
  )
  expect(lines.slice(1, 26).map((line: string) => /摘要(\d+)/.exec(line)?.[1])).toEqual(
    Array.from({ length: 25 }, (_, nth) => String(24 - nth)),
  )
  const english = await take({ show: 'withdrawn', language: 'en' })
  expect(english.csv).toContain(`"v1","'=cmd()","document","withdrawn","","Examplimab"`)
  expect(await eventsOf(server, reader.id)).toEqual(['content.exported', 'content.exported'])
})
