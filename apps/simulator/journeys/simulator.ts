import { findPlace } from './place.ts'

export type ChatLine = {
  userid: string
  externalUserid: string
  from: 'rep' | 'hcp' | 'system'
  at: number
  msgtype: string
  body: Record<string, unknown>
}
type Taken = { id: string; signed: boolean | null; again: boolean; answered: string; event: unknown }
type State = { session: { rep: string; hcp: string }; chats: ChatLine[] }

/** The simulator's control API (its README). */
export const sim = {
  reset: () => ask<State>('POST', 'reset', {}),
  state: () => ask<State>('GET', 'state'),
  choose: (asked: Record<string, string>) => ask<State>('POST', 'state', asked),
  turn: (switches: Record<string, unknown>) => ask<State>('POST', 'switches', switches),
  /** Lets it happen at WeCom and waits until the product was told. */
  happen: (type: string, about: Record<string, unknown>) => ask('POST', 'event', { type, wait: true, ...about }),
  /** Gives a contact of one member to another, and does not wait the day it takes. */
  async handOver(from: string, to: string, externalUserid: string): Promise<void> {
    await ask('POST', 'hand-over', { from, to, contacts: [externalUserid] })
    await ask('POST', 'hand-over/settle', { ending: 'done' })
  },
  /** Says something to the played Veeva Vault, e.g. `publish` (its inputs: src/vault/control.ts). */
  vault: (what: string, told: Record<string, unknown>) => ask<Record<string, unknown>>('POST', `vault/${what}`, told),
  /** The system of the company that takes webhooks: its secret, how it answers, and what came. */
  receiver: (told: { secret?: string; plays?: string; forget?: boolean }) =>
    ask<{ taken: Taken[] }>('POST', 'receiver', told),
  /** The bytes that were uploaded under a media id. */
  async media(mediaId: string): Promise<Buffer> {
    const answer = await fetch(`${findPlace().stage}/sim/media/${encodeURIComponent(mediaId)}`)
    return Buffer.from(await answer.arrayBuffer())
  },
  /** What the rep put into open chats since then. */
  async handed(since: Date): Promise<ChatLine[]> {
    const { chats } = await sim.state()
    return chats.filter(({ from, at }) => from === 'rep' && at >= since.getTime())
  },
}

async function ask<T>(method: 'GET' | 'POST', path: string, body?: Record<string, unknown>): Promise<T> {
  const answer = await fetch(`${findPlace().stage}/sim/${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}
