import type { Context } from 'koa'
import { findOwnAccount, type OwnAccount } from '../contacts/own-account-queries.ts'
import type { DoctorDoor } from './hcp.ts'

/** Mounts a page below /me: for the doctor of this browser alone; anybody else is asked to be recognised first. */
export function ownPages({ own, deps, page, show, reader, limitLooks, tapped }: DoctorDoor) {
  async function whose(ctx: Context): Promise<OwnAccount | undefined> {
    const externalUserId = reader(ctx)
    return externalUserId ? findOwnAccount(deps.db, externalUserId) : undefined
  }
  const door = (ctx: Context) => show(ctx, '/me', { page: 'own_door', who: null })

  return {
    get: (path: string, draw: (ctx: Context, me: OwnAccount) => Promise<void>) =>
      own.get(path, (ctx) =>
        page(ctx, '/me', async () => {
          await limitLooks(ctx)
          const me = await whose(ctx)
          await (me ? draw(ctx, me) : door(ctx))
        }),
      ),
    post: (path: string, act: (ctx: Context, me: OwnAccount) => Promise<void>) =>
      own.post(path, (ctx) =>
        page(ctx, '/me', async () => {
          await tapped(ctx)
          const me = await whose(ctx)
          await (me ? act(ctx, me) : door(ctx))
        }),
      ),
  }
}
