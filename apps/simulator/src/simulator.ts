import type { Cast } from './cast.ts'
import type { Config } from './config.ts'
import { createFeed, type Feed } from './feed.ts'
import { createReceiver, type Receiver } from './receiver/receiver.ts'
import { createStore, createVault, type Store, type Vault } from './store.ts'
import { createVaultSite, type VaultSite } from './vault/site.ts'

/** Everything the doors share. `store` is replaced by a reset, `vault` is not. */
export type Simulator = {
  config: Config
  cast: Cast
  store: Store
  vault: Vault
  /** The played Veeva Vault; empty until something is published there. */
  veeva: VaultSite
  /** A system of the company that takes webhooks. */
  receiver: Receiver
  feed: Feed
  /** Virtual time in ms. */
  now: () => number
  newId: () => string
}

let lastId = 0

/** Builds a simulator; `clock` is real time in ms. */
export function createSimulator(config: Config, cast: Cast, clock: () => number = Date.now): Simulator {
  const simulator: Simulator = {
    config,
    cast,
    store: createStore(cast, clock()),
    vault: createVault(),
    veeva: createVaultSite(() => simulator.now(), { user: config.vaultUser, password: config.vaultPassword }),
    receiver: createReceiver(config.webhookSecret),
    feed: createFeed(clock),
    now: () => clock() + simulator.store.switches.timeOffsetMs,
    newId: () => `${clock().toString(36)}${(++lastId).toString(36)}`,
  }
  return simulator
}

/** Puts people, chats and switches back to the cast. Tokens, media and codes stay, as the product may hold them. */
export function reset(simulator: Simulator): void {
  const { language } = simulator.store.session
  simulator.store.switches.timeOffsetMs = 0
  simulator.store = createStore(simulator.cast, simulator.now())
  simulator.store.session.language = language
  simulator.feed.changed()
}
