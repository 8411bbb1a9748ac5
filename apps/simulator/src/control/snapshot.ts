import type { Simulator } from '../simulator.ts'
import { isOfCrowd } from '../scenarios/crowd.ts'
import { scenarios } from '../scenarios/scenarios.ts'

/** Everything the stage draws. Media bytes stay behind `/sim/media/<id>`. */
export function snapshot(simulator: Simulator) {
  const { store, config, cast } = simulator
  const { session, switches } = store
  return {
    session,
    switches,
    company: { name: cast.company, nameEn: cast.companyEn },
    addresses: { publicUrl: config.publicUrl, hcpUrl: config.hcpUrl, simulatorUrl: config.simulatorUrl },
    callbackConfigured: config.callback !== null,
    now: simulator.now(),
    members: [...store.members.values()],
    contacts: [...store.contacts.values()].filter(({ externalUserid }) => !isOfCrowd(externalUserid)),
    follows: store.follows.filter(({ externalUserid }) => !isOfCrowd(externalUserid)),
    transfers: store.transfers,
    ways: [...simulator.vault.ways.values()],
    chats: store.chats.filter((entry) => entry.externalUserid === session.hcp || entry.userid === session.rep),
    notices: store.notices.filter((notice) => notice.userid === session.rep).slice(-5),
    scenarios,
  }
}

export type Snapshot = ReturnType<typeof snapshot>
