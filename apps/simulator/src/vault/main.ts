/** The played vault as a process of its own: `node vault.js [port]`. It prints where it listens; SIGTERM ends it. */
import { listenVault } from './server.ts'
import { createVaultSite } from './site.ts'

const { url, close } = await listenVault(createVaultSite(Date.now), Number(process.argv[2] ?? 0))
console.log(`listening on ${url}`)
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => (close(), process.exit(0)))
