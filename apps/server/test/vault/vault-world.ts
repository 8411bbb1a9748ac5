import { vaultEndpoints, type AskedInput } from '@vouch/contract'
import { RenditionError } from '../../src/content/renditions/rendition.ts'
import type { Renditions } from '../../src/content/renditions/renditions.ts'
import { sniffFile, readHead } from '../../src/content/inspect/sniff-file.ts'
import { syncVault } from '../../src/content/from-vault/sync-vault.ts'
import { createVault } from '../../src/vault/create-vault.ts'
import { buildRep } from '../builders.ts'
import { startInPresent } from '../faults/present.ts'
import { call } from '../test-server.ts'
import { vaultAccount, type SimulatedVault } from './simulated-vault.ts'

export type Mapping = AskedInput<typeof vaultEndpoints.saveVaultMapping>

/** How the played vault's documents are read. */
export const usualMapping: Omit<Mapping, 'revision'> = {
  ...{ channelField: 'channel__c', channelValues: ['WeCom'], documentTypes: ['Promotional Piece'] },
  ...{ sendableStates: ['Approved for Distribution'], blockedStates: ['Withdrawn', 'Expired', 'Obsolete', 'Deleted'] },
  ...{ productField: 'product__v', products: ['00P000000000Z01=PD1'] },
  ...{ marketField: 'country__v', markets: ['00C000000000CN1=CN'] },
  ...{ languageField: 'language__v', languages: ['Chinese (Simplified)=zh-CN'] },
  ...{ classField: 'content_class__c', classes: ['Promotional=promotional', 'Scientific=scientific'] },
  ...{ audienceField: 'audience__c', audiences: ['Healthcare Provider=', 'Oncologist=oncology'] },
  ...{ expiryField: 'expiration_date__c', withdrawalField: 'withdrawal_effective_date__c' },
  ...{ effectiveField: 'approved_for_use_date__c', approvalNumberField: 'approval_code__c' },
  ...{ ways: ['news', 'file'], approvers: 2, brakePerMinute: 30 },
  signatureMeanings: ['Medical approval=medical', 'Legal approval=legal'],
  reason: 'first connection',
}

/** Looks at the first bytes only, and draws nothing: what draws is tested by itself. */
const renditions: Renditions = {
  async inspect(path) {
    const sniffed = sniffFile(await readHead(path))
    if (sniffed !== 'pdf' && sniffed !== 'png') throw new RenditionError('not_supported')
    return { format: sniffed, seconds: 0 }
  },
  draw: () => Promise.reject(new Error('not used here')),
  pagesOf: () => Promise.reject(new Error('not used here')),
}

/** A company in the present that is connected to a played vault and has set its mapping. */
export async function startConnected(simulated: SimulatedVault) {
  const server = await startInPresent()
  const { deps } = server
  const config = { ...deps.config, ...vaultAccount, VAULT_URL: simulated.url }
  /** The connector of an instance that has just started. */
  const connect = () =>
    Object.assign(deps, { config, vault: createVault({ ...deps, config }, { pause: async () => {} }) })
  Object.assign(deps, { renditions })
  const adminId = await buildRep(server, { roles: ['system_admin'] })
  const officerId = await buildRep(server, { roles: ['compliance_officer'] })
  const cookies = { admin: await server.signIn(adminId, 'console'), officer: await server.signIn(officerId, 'console') }

  /** The job that draws, as if it had drawn one page of each. */
  async function draw(): Promise<void> {
    const waiting = await server.owner
      .selectFrom('rendition')
      .select('fileHash')
      .where('state', '=', 'waiting')
      .execute()
    for (const { fileHash } of waiting) {
      const page = { fileHash, number: 1, width: 1080, height: 1527, placeholder: '', text: 'the words of the page' }
      await server.owner.insertInto('renditionPage').ignore().values(page).execute()
      const done = { state: 'done' as const, pagesDone: 1, pageCount: 1, doneAt: new Date() }
      await server.owner.updateTable('rendition').set(done).where('fileHash', '=', fileHash).execute()
    }
  }

  const connected = {
    ...{ server, cookies, adminId, officerId, draw, connect },
    /** Before each test. */
    anew: async (): Promise<void> => {
      await simulated.say('reset')
      await startAnew(connected)
    },
    /** Time goes on by itself for the simulator, and here as told. */
    cycle: async (): Promise<void> => {
      server.clock.at = new Date(Math.max(server.clock.at.getTime() + 1, Date.now()))
      await syncVault(deps)
    },
    /** What comes in with one cycle is drawn, and published with the next. */
    settle: async (): Promise<void> => {
      await connected.cycle()
      await draw()
      await connected.cycle()
    },
    /** On top of what was saved last, unless another revision is named. */
    save: async (mapping: Partial<Mapping>, cookie = cookies.admin) => {
      const row = await server.owner.selectFrom('vaultConnection').select('revision').executeTakeFirst()
      const asked = { ...usualMapping, revision: row?.revision ?? 0, ...mapping }
      return call(server, cookie, vaultEndpoints.saveVaultMapping, asked)
    },
    trial: (mapping: Partial<Mapping> = {}, cookie = cookies.admin) => {
      const { reason: _reason, ...words } = usualMapping
      return call(server, cookie, vaultEndpoints.tryVaultMapping, { ...words, ...mapping })
    },
    release: (id: number, major: number, cookie = cookies.officer) => {
      const asked = { vaultId: id, major, minor: 0, reason: 'looked into it' }
      return call(server, cookie, vaultEndpoints.releaseQuarantine, asked)
    },
    status: async () => (await call(server, cookies.officer, vaultEndpoints.vaultStatus, {})).body,
    quarantine: async (filter: AskedInput<typeof vaultEndpoints.listQuarantine> = {}): Promise<string[]> => {
      const { body } = await call(server, cookies.officer, vaultEndpoints.listQuarantine, filter)
      return (body.rows as { vaultId: number; major: number; minor: number; reason: string }[]).map(
        ({ vaultId, major, minor, reason }) => `${vaultId} ${major}.${minor} ${reason}`,
      )
    },
    pieces: (id: number) =>
      server.owner
        .selectFrom('contentItem')
        .selectAll()
        .where('documentId', '=', `vault-5102-${id}`)
        .orderBy('version')
        .execute(),
    audit: async (event: string) =>
      server.owner.selectFrom('auditEntry').selectAll().where('event', '=', event).orderBy('id').execute(),
  }
  return connected
}
export type Connected = Awaited<ReturnType<typeof startConnected>>

const filled = [
  ...(['vaultVersion', 'vaultConnection', 'contentPage', 'contentApproval', 'contentItem', 'renditionPage'] as const),
  ...(['rendition', 'storedFile', 'outbox', 'auditEntry', 'job', 'media', 'send'] as const),
]

/** Nothing came from the vault yet; the mapping is set. */
async function startAnew({ server, connect, save }: Pick<Connected, 'server' | 'connect' | 'save'>): Promise<void> {
  for (const table of filled) await server.owner.deleteFrom(table).execute()
  await server.owner.updateTable('policy').set({ vaultProofMinutes: null }).execute()
  server.clock.at = new Date()
  connect()
  const saved = await save({})
  if (saved.body.outcome !== 'done') throw new Error(JSON.stringify(saved.body))
}
