import type { ClientMove } from '../client/invoke.ts'
import type { Snapshot } from '../control/snapshot.ts'

export type { Snapshot }

/** The stage's only way to the simulator's process. */
async function post<T>(path: string, body: unknown = {}): Promise<T> {
  const response = await fetch(`/sim/${path}`, { method: 'POST', body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return (await response.json()) as T
}

export const sim = {
  choose: (asked: Record<string, unknown>) => post<Snapshot>('state', asked),
  turn: (switches: Record<string, unknown>) => post<Snapshot>('switches', switches),
  scenario: (code: string) => post<Snapshot>('scenario', { code }),
  reset: () => post<Snapshot>('reset'),
  say: (from: 'rep' | 'hcp', text: string) => post('chat', { from, text }),
  scan: (configId: string) => post<{ outcome: 'added' | 'asked' | 'dead' }>('scan', { configId }),
  happen: (type: string) => post('event', { type }),
  verifyCallback: () => post('callback/verify'),
  revokeTokens: () => post('tokens/revoke'),
  clearLog: () => post('log/clear'),
  invoke: (invocation: object) => post<ClientMove>('bridge', invocation),
  confirm: (confirmId: string, accepted: boolean) => post<ClientMove>('bridge/confirm', { confirmId, accepted }),
  async state(): Promise<Snapshot> {
    return (await (await fetch('/sim/state')).json()) as Snapshot
  },
  async log() {
    return (await (await fetch('/sim/log')).json()) as unknown[]
  },
}
