import { randomBytes } from 'node:crypto'
import type { Simulator } from '../simulator.ts'
import type { ContactWay } from '../store.ts'
import { findMember } from '../wecom/members.ts'
import { findFollow, freshFollow, happen } from './events.ts'

export type Scan = {
  configId: string
  /** Who scans; somebody nobody knows yet when left out, with that name. */
  externalUserid?: string | undefined
  name?: string | undefined
  /** The rep has said yes, where the code wants one. */
  accepted?: boolean
  earlySeconds?: number
}
export type Scanned =
  | { outcome: 'added' | 'asked'; userid: string; externalUserid: string }
  /** Deleted, run out, used up, or all its members have gone: what the phone then says. */
  | { outcome: 'dead'; why: 'unknown' | 'over' | 'used' | 'nobody' }

const byCode = 1

/**
 * A doctor's phone scans a code and taps "add" (wecom-platform.md 3.4): the two are connected and WeCom tells of it with the
 * code's state. Resolves when it was told. Without `skip_verify` the rep is asked first.
 */
export async function scan(simulator: Simulator, asked: Scan): Promise<Scanned> {
  const { store, vault } = simulator
  const way = vault.ways.get(asked.configId)
  const dead = whyDead(simulator, way)
  if (!way || dead) return { outcome: 'dead', why: dead ?? 'unknown' }
  const serving = way.users.filter((userid) => findMember(simulator, userid)?.status === 'active')
  const userid = serving[vault.scans++ % serving.length]
  if (userid === undefined) return { outcome: 'dead', why: 'nobody' }
  const externalUserid = asked.externalUserid ?? addNewcomer(simulator, asked.name ?? '')
  const pair = { userid, externalUserid }
  Object.assign(store.session, { rep: userid, hcp: externalUserid, visitor: { kind: 'doctor', id: null } })
  if (!way.skipVerify && !asked.accepted) return (simulator.feed.changed(), { outcome: 'asked', ...pair })

  if (way.temporary) way.usedBy = externalUserid
  const follow = findFollow(simulator, userid, externalUserid)
  const now = Math.floor(simulator.now() / 1000)
  if (follow) Object.assign(follow, { state: way.state, addWay: byCode, createtime: now })
  else store.follows.push({ ...freshFollow(simulator, userid, externalUserid), state: way.state, addWay: byCode })
  const line = { ...pair, from: 'system' as const, msgtype: 'added', body: {} }
  store.chats.push({ ...line, id: simulator.newId(), at: simulator.now() })
  simulator.feed.tell('chat', `scan: ${way.remark || way.configId} -> ${userid}`, true, { state: way.state, ...pair })
  await happen(simulator, { type: 'add_external_contact', ...pair, earlySeconds: asked.earlySeconds })
  return { outcome: 'added', ...pair }
}

function whyDead(simulator: Simulator, way: ContactWay | undefined): 'unknown' | 'over' | 'used' | undefined {
  if (!way) return 'unknown'
  if (!way.temporary) return undefined
  if (way.usedBy !== null) return 'used'
  return simulator.now() > way.createdAt + way.codeSeconds * 1000 ? 'over' : undefined
}

/** Somebody of whom WeCom told the company nothing so far. */
function addNewcomer({ store, newId }: Simulator, name: string): string {
  const externalUserid = `wmScan${newId()}${randomBytes(4).toString('hex')}`
  const hue = store.contacts.size * 47
  store.contacts.set(externalUserid, { externalUserid, name: name || '清泉', gender: 0, hue: hue % 360, shownAs: null })
  return externalUserid
}
