import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildPdf } from '../../../test/pdf.ts'
import { buildRenderer } from '../../../test/renderer.ts'
import { startSimulatedVault, type SimulatedVault } from '../../../test/vault/simulated-vault.ts'
import { startConnected, type Connected } from '../../../test/vault/vault-world.ts'
import { drawRenditions } from '../renditions/draw-renditions.ts'
import { createRenditions } from '../renditions/renditions.ts'

let simulated: SimulatedVault
let renderer: Awaited<ReturnType<typeof buildRenderer>>
let at: Connected

beforeAll(async () => {
  ;[simulated, renderer] = [await startSimulatedVault(), await buildRenderer()]
  at = await startConnected(simulated)
  await at.anew()
  const { deps } = at.server
  Object.assign(deps, { renditions: createRenditions({ files: deps.files, program: renderer.program }) })
})
afterAll(async () => {
  await at.server.stop()
  simulated.stop()
  renderer.remove()
})

test('a document of the vault is drawn page by page; one that is no document is put aside with the reason', async () => {
  const pages = await simulated.publish({ base64: (await buildPdf({ pages: 2 })).toString('base64') })
  const broken = await simulated.publish({ base64: Buffer.from('%PDF-1.4\n% nothing follows').toString('base64') })
  await at.cycle()
  await drawRenditions(at.server.deps)
  await at.cycle()
  const [piece] = await at.pieces(pages)
  expect(piece).toMatchObject({ state: 'approved', pageCount: 2, kind: 'document', mime: 'application/pdf' })
  const drawn = await at.server.owner
    .selectFrom('contentPage')
    .selectAll()
    .where('contentItemId', '=', piece?.id ?? '')
    .execute()
  expect(drawn.map(({ number, text }) => [number, text.includes(`第 ${number} 页`)])).toEqual([
    [1, true],
    [2, true],
  ])
  expect(await at.server.deps.files.has(`pages/${piece?.fileHash}/2-720.webp`)).toBe(true)
  expect(await at.quarantine()).toEqual([`${broken} 1.0 file_not_usable`])
  expect(await at.pieces(broken)).toEqual([])
})
