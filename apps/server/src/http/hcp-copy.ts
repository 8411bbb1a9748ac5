import type { OwnRecords } from '@vouch/hcp/render'
import { AppError } from '../errors.ts'
import { loadCopy } from '../evidence/own-data/load-copy.ts'
import type { DoctorDoor } from './hcp.ts'
import { isPreview } from './hcp-headers.ts'
import { ownPages } from './hcp-own-pages.ts'

/** A copy of everything held: to be read and printed, and for programs. Each look is on record. */
export function mountCopy(door: DoctorDoor): void {
  const { deps, show } = door
  const pages = ownPages(door)

  pages.get('/copy', async (ctx, { accountId, externalUserId, name, nickname }) => {
    if (isPreview(ctx)) throw new AppError('not_found')
    const records = await loadCopy(deps, { accountId, externalUserId, form: 'page' })
    const madeAt = deps.now()
    await show(ctx, '/me', {
      ...{ page: 'copy', name: name ?? nickname, madeAt, records },
      machine: machineForm(madeAt, records),
    })
  })

  pages.get('/copy.json', async (ctx, { accountId, externalUserId }) => {
    if (isPreview(ctx)) throw new AppError('not_found')
    const records = await loadCopy(deps, { accountId, externalUserId, form: 'file' })
    ctx.set('Content-Disposition', 'attachment; filename="my-records.json"')
    ctx.type = 'application/json'
    ctx.body = machineForm(deps.now(), records)
  })
}

const machineForm = (madeAt: Date, records: OwnRecords): string =>
  JSON.stringify({ format: 'vouch-own-records/1', madeAt, ...records }, null, 1)
