import { addDraft, loadDocument, publish, remove, runExpiryJob, setState, touch } from './make.ts'
import {
  callKinds,
  emptyVault,
  faultKinds,
  usualSwitches,
  type Fault,
  type VaultSite,
  type VaultSwitches,
  type VaultVersion,
} from './site.ts'
import { states } from './states.ts'

type Body = Record<string, unknown>

/** A control call that cannot be done; its message says why. */
export class ControlError extends Error {}

/** What tests and the stage say to the played vault, under `/sim/vault/`. */
const controls: Record<string, (site: VaultSite, body: Body) => unknown> = {
  publish: (site, body) => ({ id: publish(site, readGiven(body)).id }),
  draft: (site, body) => ({ id: addDraft(site, readGiven(body)).document }),
  state: (site, body) => setState(site, Number(body['id']), versionOf(site, body), readState(body)),
  edit: (site, body) => edit(site, body),
  swap: (site, body) => swap(site, body),
  rendition: (site, body) => void (versionOf(site, body).renditionReady = body['ready'] === true),
  remove: (site, body) => remove(site, Number(body['id']), readOnly(body)),
  see: (site, body) => void (loadDocument(site, Number(body['id'])).visible = body['visible'] === true),
  archive: (site, body) => void (loadDocument(site, Number(body['id'])).archived = true),
  storm: (site, body) => storm(site, body),
  'expiry-job': (site) => ({ expired: runExpiryJob(site) }),
  faults: (site, body) => void site.faults.push(readFault(body)),
  switches: (site, body) => turn(site, body),
  'end-sessions': (site) => site.sessions.clear(),
  'end-links': (site) => site.queries.clear(),
  'forget-calls': (site) => void (site.calls = []),
  reset: (site) => emptyVault(site),
}

/** Does one control call, or tells what there is for the empty name. Throws ControlError. */
export function controlVault(site: VaultSite, name: string, body: Body): unknown {
  if (name === '') return describeVault(site)
  const control = controls[name]
  if (!control) throw new ControlError(`no such control: ${name}`)
  return control(site, body) ?? {}
}

function describeVault(site: VaultSite): unknown {
  const counted: Record<string, number> = {}
  for (const { kind } of site.calls) counted[kind] = (counted[kind] ?? 0) + 1
  return {
    ...{ vaultId: site.vaultId, user: site.user, switches: site.switches, faults: site.faults, calls: counted },
    paths: site.calls.map(({ path }) => path).slice(-200),
    sessions: site.sessions.size,
    documents: [...site.documents.values()].map(({ id, visible, archived, versions }) => ({
      ...{ id, visible, archived },
      versions: versions.map(({ major, minor, fields, renditionReady, rendition }) => ({
        ...{ number: `${major}.${minor}`, state: fields['status__v'], renditionReady, bytes: rendition.length },
      })),
    })),
  }
}

/** Fields of one version; with `touch` false its modification date stays, as nobody promises it moves. */
function edit(site: VaultSite, body: Body): void {
  const version = versionOf(site, body)
  Object.assign(version.fields, readFields(body))
  if (body['touch'] !== false) touch(site, version)
}

/** Other bytes under the same version. */
function swap(site: VaultSite, body: Body): void {
  const version = versionOf(site, body)
  version.rendition = readBytes(body) ?? Buffer.concat([version.rendition, Buffer.from('\n% other\n')])
  if (body['touch'] === true) touch(site, version)
}

/** Many publications at once. */
function storm(site: VaultSite, body: Body): unknown {
  const count = Number(body['count'] ?? 1_000)
  for (let nth = 0; nth < count; nth += 1) publish(site, readGiven(body))
  return { count }
}

function turn(site: VaultSite, body: Body): void {
  for (const [name, value] of Object.entries(body)) {
    if (!(name in usualSwitches)) throw new ControlError(`no such switch: ${name}`)
    if (typeof value !== typeof usualSwitches[name as keyof VaultSwitches])
      throw new ControlError(`${name} is of another kind`)
  }
  Object.assign(site.switches, body)
}

function versionOf(site: VaultSite, body: Body): VaultVersion {
  const document = site.documents.get(Number(body['id']))
  const version = document?.versions.find(
    ({ major, minor }) => major === Number(body['major']) && minor === Number(body['minor'] ?? 0),
  )
  if (!version) throw new ControlError('no such version')
  return version
}

function readGiven(body: Body): Parameters<typeof publish>[1] {
  const bytes = readBytes(body)
  const signers = body['signers'] as NonNullable<Parameters<typeof publish>[1]['signers']> | undefined
  return {
    ...{ fields: readFields(body), supersedes: body['supersedes'] !== false },
    renditionReady: body['renditionReady'] !== false,
    ...(body['id'] === undefined ? {} : { id: Number(body['id']) }),
    ...(bytes ? { bytes } : {}),
    ...(signers ? { signers } : {}),
  }
}

function readFields(body: Body): Record<string, unknown> {
  const fields = body['fields']
  return typeof fields === 'object' && fields !== null ? { ...fields } : {}
}

const readBytes = ({ base64 }: Body): Buffer | undefined =>
  typeof base64 === 'string' ? Buffer.from(base64, 'base64') : undefined

function readOnly({ major, minor }: Body): { major: number; minor: number } | undefined {
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor ?? 0) }
}

function readState({ to }: Body): string {
  const state = states.find(({ label, name }) => label === to || name === to)
  if (!state) throw new ControlError(`no such state: ${String(to)}`)
  return state.label
}

function readFault({ on = 'any', kind, skip = 0, times = 1 }: Body): Fault {
  const known = callKinds.find((one) => one === on)
  const what = faultKinds.find((one) => one === kind)
  if ((!known && on !== 'any') || !what) throw new ControlError('no such fault')
  return { on: known ?? 'any', kind: what, skip: Number(skip), times: Number(times) }
}
