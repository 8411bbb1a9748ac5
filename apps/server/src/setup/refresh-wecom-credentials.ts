import type { Deps } from '../deps.ts'

/** Renews WeCom's token and tickets before anybody has to wait for them. */
export async function refreshWecomCredentials(deps: Deps): Promise<void> {
  await deps.wecom.refreshAhead()
}
