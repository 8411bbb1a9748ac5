import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const simulator = fileURLToPath(new URL('../../../simulator', import.meta.url))

export const vaultAccount = { VAULT_USER: 'svc.vouch@zhunxin.example', VAULT_PASSWORD: 'demo' }
export type SimulatedVault = Awaited<ReturnType<typeof startSimulatedVault>>
type Told = Record<string, unknown>
export type Published = { id?: number; fields?: Told; signers?: Told[]; base64?: string } & Told

/** Veeva Vault as the simulator plays it, built by itself and run as a process of its own on a free port. */
export async function startSimulatedVault() {
  const outDir = `${simulator}/node_modules/.cache/vault-${randomUUID()}`
  await build({
    ...{ configFile: false, root: simulator, logLevel: 'error' },
    build: { ssr: 'src/vault/main.ts', outDir, rollupOptions: { output: { entryFileNames: 'vault.mjs' } } },
  })
  const child = spawn(process.execPath, [`${outDir}/vault.mjs`], { stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the simulated vault ended: ${code}`)))
    createInterface({ input: child.stdout }).once('line', (line) => resolve(line.replace('listening on ', '')))
  })

  async function say(name: string, told: unknown = {}): Promise<Told> {
    const answer = await fetch(`${url}/sim/vault/${name}`, { method: 'POST', body: JSON.stringify(told) })
    if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`)
    return (await answer.json()) as Told
  }
  return {
    url,
    say,
    /** Publishes a document, or a new version of one; its id. */
    publish: async (given: Published = {}) => Number((await say('publish', given))['id']),
    /** How often each kind of call came since the last `forget-calls`. */
    calls: async () => (await say(''))['calls'] as Record<string, number>,
    stop: () => {
      child.kill('SIGTERM')
      rmSync(outDir, { recursive: true, force: true })
    },
  }
}
