import type { Simulator } from '../simulator.ts'

const hostOf = (simulator: Simulator, chosen: string): string => {
  if (chosen === 'none') return ''
  return chosen || new URL(simulator.config.publicUrl).host
}

/** The app's trusted domain, host and port as OAuth compares them (wecom-platform.md 2.1, 9.4); empty when unset. */
export const trustedHost = (simulator: Simulator): string => hostOf(simulator, simulator.store.switches.trustedDomain)

/** The callback domain of the web login (wecom-platform.md 2.3, 9.5). */
export const loginHost = (simulator: Simulator): string => hostOf(simulator, simulator.store.switches.loginDomain)

/**
 * What the admin console does when somebody presses "finish" at a domain: fetches the file at the root, takes no redirect,
 * and compares what it holds (wecom-platform.md 9.4).
 */
export async function proveDomain(simulator: Simulator, name: string, text: string): Promise<{ ok: boolean }> {
  const answer = await fetch(`${simulator.config.serverUrl}/${name}`, { redirect: 'manual' }).catch(() => null)
  const ok = answer?.status === 200 && (await answer.text()).trim() === text
  simulator.feed.tell('api', `domain ${trustedHost(simulator)}: ${name} -> ${ok ? 'proved' : 'not proved'}`, ok)
  return { ok }
}
