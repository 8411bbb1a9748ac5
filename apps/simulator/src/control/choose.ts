import {
  apiFaults,
  bridgeFaults,
  confirmModes,
  entries,
  networks,
  platforms,
  retryReadings,
  ticketFaults,
  visitorKinds,
  welcomers,
  type Session,
  type Switches,
} from '../session.ts'
import { scenarios } from '../scenarios/scenarios.ts'
import { addCrowd } from '../scenarios/crowd.ts'
import { usualSwitches } from '../session.ts'
import type { Simulator } from '../simulator.ts'
import { findMember } from '../wecom/members.ts'

/** A choice nobody can make; answered with 400. */
export class ChoiceError extends Error {}

/** Changes what the stage has chosen; unknown names and values throw `ChoiceError` and nothing is changed. */
export function chooseSession(simulator: Simulator, asked: Record<string, unknown>): void {
  const { session } = simulator.store
  const chosen: Partial<Session> = {}
  for (const [name, value] of Object.entries(asked))
    Object.assign(chosen, { [name]: readChoice(simulator, name, value) })
  const before = session.hcp
  Object.assign(session, chosen, chosen.repNetwork ? { networkAfterLoad: null } : {})
  if (session.hcp !== before) simulator.feed.tell('switch', `chat: ${session.hcp}`, true)
  simulator.feed.changed()
}

function readChoice(simulator: Simulator, name: string, value: unknown): unknown {
  const { store } = simulator
  if (name === 'rep') return known(name, findMember(simulator, String(value))?.userid)
  if (name === 'hcp') return known(name, value === '' || store.contacts.has(String(value)) ? String(value) : undefined)
  if (name === 'visitor') return readVisitor(value)
  if (name === 'entry')
    return known(
      name,
      entries.find((one) => one === value),
    )
  if (name === 'platform')
    return known(
      name,
      platforms.find((one) => one === value),
    )
  if (name === 'language')
    return known(
      name,
      (['zh-CN', 'en-US'] as const).find((one) => one === value),
    )
  if (name === 'repNetwork' || name === 'hcpNetwork')
    return known(
      name,
      networks.find((one) => one === value),
    )
  throw new ChoiceError(`unknown choice: ${name}`)
}

/** Written `kind` or `kind:id`, such as `other-doctor:wmDemoLiMin`. */
function readVisitor(value: unknown): Session['visitor'] {
  const [kind, id] = String(value).split(':')
  const found = visitorKinds.find((one) => one === kind)
  return { kind: known('visitor', found), id: id ?? null }
}

function known<T>(name: string, value: T | undefined): T {
  if (value === undefined) throw new ChoiceError(`no such ${name}`)
  return value
}

const choices: { [name in keyof Switches]: readonly unknown[] | 'boolean' | 'number' | 'string' } = {
  bridgeFault: bridgeFaults,
  signatureRefusals: 'number',
  lateBridge: 'boolean',
  silentChatSwitch: 'boolean',
  confirm: confirmModes,
  apiFault: apiFaults,
  apiLatencyMs: 'number',
  callbackRetry: retryReadings,
  callbackDuplicate: 'boolean',
  callbackReorder: 'boolean',
  callbackLost: 'boolean',
  unlicensed: 'string',
  batchMost: 'number',
  secretReset: 'boolean',
  appClosed: 'boolean',
  seenIp: 'string',
  trustedDomain: 'string',
  loginDomain: 'string',
  ticketFault: ticketFaults,
  callbackKeyChanged: 'boolean',
  timeOffsetMs: 'number',
  medicalCorp: 'boolean',
  unverified: 'string',
  welcomeBy: welcomers,
  strikePath: 'string',
}

export function turnSwitches(simulator: Simulator, asked: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(asked)) {
    const allowed = choices[name as keyof Switches]
    const fits = typeof allowed === 'string' ? typeof value === allowed : allowed?.includes(value)
    if (!fits) throw new ChoiceError(`no such switch: ${name} ${String(value)}`)
  }
  Object.assign(simulator.store.switches, asked)
  simulator.feed.tell(
    'switch',
    Object.entries(asked)
      .map(([name, value]) => `${name}: ${String(value)}`)
      .join(', '),
    true,
  )
  simulator.feed.changed()
}

/** What an administrator gives members or takes from them: the app's visible range and customer contact. `*` is everybody. */
export function changeMember(simulator: Simulator, asked: Record<string, unknown>): void {
  const { userid, ...change } = asked
  const member = findMember(simulator, String(userid))
  const chosen = userid === '*' ? [...simulator.store.members.values()] : [known('userid', member)]
  for (const [name, value] of Object.entries(change))
    if (!['inRange', 'servesContacts'].includes(name) || typeof value !== 'boolean')
      throw new ChoiceError(`no such change: ${name} ${String(value)}`)
  for (const one of chosen) Object.assign(one, change)
  simulator.feed.tell('switch', `member ${String(userid)}: ${JSON.stringify(change)}`, true)
  simulator.feed.changed()
}

/** Puts persons and switches as a scenario wants them; chats stay. */
export function chooseScenario(simulator: Simulator, code: string): void {
  const scenario = scenarios.find((one) => one.code === code)
  if (!scenario) throw new ChoiceError(`no such scenario: ${code}`)
  const { session } = simulator.store
  simulator.store.switches = { ...usualSwitches, ...scenario.faults }
  const rep = findMember(simulator, scenario.rep)?.userid ?? session.rep
  const hcp = simulator.store.contacts.has(scenario.hcp) ? scenario.hcp : session.hcp
  if (scenario.crowd) addCrowd(simulator, rep, scenario.crowd)
  Object.assign(session, {
    scenario: code,
    rep,
    hcp,
    visitor: readVisitor(scenario.visitor ?? 'doctor'),
    entry: scenario.entry,
    platform: scenario.platform,
    repNetwork: scenario.network === 'offline' ? 'normal' : (scenario.network ?? 'normal'),
    networkAfterLoad: scenario.network === 'offline' ? 'offline' : null,
    hcpNetwork: 'normal',
  } satisfies Partial<Session>)
  simulator.feed.tell('switch', `scenario: ${code}`, true)
  simulator.feed.changed()
}
