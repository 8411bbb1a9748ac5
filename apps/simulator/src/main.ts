import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { vaultPieces } from '../cast/vault.ts'
import { world } from '../cast/world.ts'
import { castFrom } from './cast.ts'
import { ConfigError, readConfig } from './config.ts'
import { listen } from './server.ts'
import { createSimulator } from './simulator.ts'
import { stockVault } from './vault/stock.ts'

try {
  const config = readConfig(process.env, join(dirname(fileURLToPath(import.meta.url)), 'stage'))
  const simulator = createSimulator(config, castFrom(world, Date.now()))
  stockVault(simulator.veeva, vaultPieces(Date.now()))
  const { close } = await listen(simulator)
  console.log(`listening on ${config.simulatorUrl} (rep ${config.repPort}, doctor ${config.hcpPort})`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void close().then(() => process.exit(0)))
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error)
  process.exitCode = 1
}
