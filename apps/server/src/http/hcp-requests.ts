import { randomUUID } from 'node:crypto'
import type { Complaint, Erasure } from '@vouch/hcp/render'
import type { Context } from 'koa'
import { withdrawConsent } from '../consents/on-page/withdraw-consent.ts'
import { findOwnAccount, type OwnAccount } from '../contacts/own-account-queries.ts'
import { fileRequest } from '../evidence/own-data/file-request.ts'
import { findOwnRequests } from '../evidence/own-data/request-queries.ts'
import type { DoctorDoor } from './hcp.ts'
import { seeOther } from './hcp-answer.ts'
import { browserClass, readForm, requestIdIn } from './hcp-form.ts'
import { ownPages } from './hcp-own-pages.ts'

const complaintBytes = 12_000

/** What a doctor asks of the company: to have their data erased, or to hear a complaint. */
export function mountRequests(door: DoctorDoor): void {
  const { deps, show, own, page, tapped, begin } = door
  const pages = ownPages(door)

  const erasure = async ({ externalUserId }: OwnAccount): Promise<Erasure> => {
    const requests = await findOwnRequests(deps.db, externalUserId, 'erasure')
    const open = requests.some(({ life }) => life === 'waiting')
    return { page: 'erasure', requests, open, requestId: randomUUID() }
  }
  pages.get('/erasure', async (ctx, me) => show(ctx, '/me', await erasure(me)))
  // The identity is asked for anew, whoever this browser belongs to: somebody else may hold the phone.
  own.post('/erasure', (ctx) =>
    page(ctx, '/me/erasure', async () => {
      await tapped(ctx)
      const requestId = requestIdIn(await readForm(ctx))
      await begin(ctx, '/me/erasure', { act: 'erasure', requestId })
    }),
  )

  const complaint = async (me: OwnAccount, typed: string, problem: Complaint['problem']): Promise<Complaint> => ({
    ...{ page: 'complaint', requestId: randomUUID(), typed, problem },
    requests: await findOwnRequests(deps.db, me.externalUserId, 'complaint'),
  })
  pages.get('/complaint', async (ctx, me) => show(ctx, '/me', await complaint(me, '', null)))
  pages.post('/complaint', async (ctx, me) => {
    const form = await readForm(ctx, complaintBytes)
    const wording = (form.get('wording') ?? '').trim().slice(0, 1_000)
    if (wording === '') {
      await show(ctx, '/me', await complaint(me, '', 'empty'))
      ctx.status = 422
      return
    }
    const { accountId, externalUserId } = me
    const requestId = requestIdIn(form)
    await fileRequest(deps, { requestId, kind: 'complaint', accountId, externalUserId, wording })
    seeOther(ctx, '/me/complaint')
  })
}

/**
 * Goes on with an erasure after WeChat named who asks: it is filed, and every consent is taken back with it, so that
 * nothing is sent while the company decides.
 */
export async function settleErasure(
  { deps, languageOf }: DoctorDoor,
  ctx: Context,
  externalUserId: string,
  requestId: string,
): Promise<void> {
  const own = await findOwnAccount(deps.db, externalUserId)
  if (!own) return
  const { accountId } = own
  await fileRequest(deps, { requestId, kind: 'erasure', accountId, externalUserId, wording: '' })
  if (!accountId) return
  const from = { browser: browserClass(ctx), language: languageOf(ctx), link: null }
  await withdrawConsent(deps, { accountId, externalUserId, identity: 'wechat_oauth', ...from }, [])
}
