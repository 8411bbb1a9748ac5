import type Koa from 'koa'
import type { Simulator } from '../simulator.ts'
import { reset } from '../simulator.ts'
import { verifyUrl } from '../callback/deliver.ts'
import { eventTypes, happen, type Happening } from '../callback/events.ts'
import { answerConfirm, invoke, type Invocation } from '../client/invoke.ts'
import { appendChat } from '../client/send.ts'
import { revoke } from '../wecom/credentials.ts'
import { findMedia } from '../wecom/media.ts'
import { proveDomain } from '../wecom/domains.ts'
import { changeReceiver, showReceiver } from './receiver.ts'
import { beginHandOver, settleAsked } from './hand-over.ts'
import { drawCode, letScan } from './scan.ts'
import { readStorm } from './storm.ts'
import { storm } from '../callback/storm.ts'
import { changeMember, ChoiceError, chooseScenario, chooseSession, turnSwitches } from './choose.ts'
import { snapshot } from './snapshot.ts'

type Body = Record<string, unknown>
type Control = (simulator: Simulator, body: Body) => unknown

/** The control API (README): what the stage and tests say to the simulator. */
const controls: Record<string, Control> = {
  'GET /sim/state': (simulator) => snapshot(simulator),
  'POST /sim/state': (simulator, body) => (chooseSession(simulator, body), snapshot(simulator)),
  'POST /sim/switches': (simulator, body) => (turnSwitches(simulator, body), snapshot(simulator)),
  'POST /sim/member': (simulator, body) => (changeMember(simulator, body), snapshot(simulator)),
  'POST /sim/domain': (simulator, body) => proveDomain(simulator, String(body['name']), String(body['text'])),
  'POST /sim/scenario': (simulator, body) => (chooseScenario(simulator, String(body['code'])), snapshot(simulator)),
  'POST /sim/reset': (simulator) => (reset(simulator), snapshot(simulator)),
  'POST /sim/bridge': (simulator, body) => invoke(simulator, readInvocation(body)),
  'POST /sim/bridge/confirm': (simulator, body) =>
    answerConfirm(simulator, String(body['confirmId']), body['accepted'] === true),
  'POST /sim/chat': (simulator, body) => say(simulator, body),
  'POST /sim/event': (simulator, body) => letHappen(simulator, body),
  'POST /sim/scan': (simulator, body) => letScan(simulator, body),
  'POST /sim/storm': (simulator, body) => storm(simulator, readStorm(body)),
  'POST /sim/hand-over': (simulator, body) => (beginHandOver(simulator, body), snapshot(simulator)),
  'POST /sim/hand-over/settle': (simulator, body) => settleAsked(simulator, body),
  'POST /sim/callback/verify': (simulator) => verifyUrl(simulator),
  'POST /sim/tokens/revoke': (simulator) => (revoke(simulator), {}),
  'GET /sim/receiver': ({ receiver }) => showReceiver(receiver),
  'POST /sim/receiver': (simulator, body) => changeReceiver(simulator, body),
  'GET /sim/log': (simulator) => simulator.feed.entries(),
  'POST /sim/log/clear': (simulator) => (simulator.feed.clear(), {}),
}

/** Answers /sim/*; false when the path is none of it. */
export async function answerControl(simulator: Simulator, context: Koa.Context, body: Buffer): Promise<boolean> {
  if (context.path === '/sim/feed') return streamFeed(simulator, context)
  if (context.path === '/sim/picture') return sendPicture(simulator, context)
  if (context.path.startsWith('/sim/media/')) return sendMedia(simulator, context)
  if (context.path.startsWith('/sim/code/')) return sendCode(simulator, context)
  const control = controls[`${context.method} ${context.path}`]
  if (!control) return false
  try {
    const answer = await control(simulator, body.length > 0 ? (JSON.parse(body.toString('utf8')) as Body) : {})
    context.set('cache-control', 'no-store')
    context.body = JSON.stringify(answer)
    context.type = 'json'
  } catch (error) {
    if (!(error instanceof ChoiceError) && !(error instanceof SyntaxError)) throw error
    context.status = 400
    context.body = { error: error.message }
  }
  return true
}

function readInvocation(body: Body): Invocation {
  const { pageId, name, params, href } = body
  if (typeof pageId !== 'string' || typeof name !== 'string' || typeof href !== 'string')
    throw new ChoiceError('pageId, name and href are strings')
  return { pageId, name, href, params: typeof params === 'object' && params !== null ? (params as Body) : {} }
}

/** Rep and doctor may write to each other as people do; that is no send. */
function say(simulator: Simulator, body: Body): unknown {
  const { rep, hcp } = simulator.store.session
  const from = body['from'] === 'hcp' ? 'hcp' : 'rep'
  const content = String(body['text'] ?? '').trim()
  if (content === '') throw new ChoiceError('text is empty')
  appendChat(simulator, {
    userid: String(body['rep'] ?? rep),
    externalUserid: String(body['hcp'] ?? hcp),
    from,
    msgtype: 'text',
    body: { content },
  })
  return {}
}

/** Starts the event; with `wait` the answer comes when it was delivered or given up. */
async function letHappen(simulator: Simulator, body: Body): Promise<unknown> {
  const { rep, hcp } = simulator.store.session
  const type = eventTypes.find((one) => one === body['type'])
  if (!type) throw new ChoiceError(`no such event: ${String(body['type'])}`)
  const happening: Happening = {
    type,
    userid: String(body['userid'] ?? rep),
    externalUserid: String(body['externalUserid'] ?? hcp),
    fields: (body['fields'] as Record<string, string> | undefined) ?? undefined,
    earlySeconds: Number(body['earlySeconds'] ?? 0),
  }
  const done = happen(simulator, happening)
  if (body['wait'] === true) await done
  return {}
}

/** Server-sent events: `entry` for the log, `state` after changes. */
function streamFeed(simulator: Simulator, context: Koa.Context): true {
  context.respond = false
  const { res } = context
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' })
  let due: NodeJS.Timeout | null = null
  const sendState = (): void => {
    due = null
    res.write(`event: state\ndata: ${JSON.stringify(snapshot(simulator))}\n\n`)
  }
  sendState()
  const quiet = simulator.feed.listen((entry) => {
    if (entry) res.write(`event: entry\ndata: ${JSON.stringify(entry)}\n\n`)
    else due ??= setTimeout(sendState, 30)
  })
  res.on('close', () => {
    quiet()
    if (due) clearTimeout(due)
  })
  return true
}

function sendMedia(simulator: Simulator, context: Koa.Context): true {
  const media = findMedia(simulator, decodeURIComponent(context.path.slice('/sim/media/'.length)))
  if (!media) return ((context.status = 404), true)
  if (context.query['about'] !== undefined) {
    context.body = { kind: media.kind, name: media.name, md5: media.md5, bytes: media.bytes?.length ?? null }
    return true
  }
  if (!media.bytes) return ((context.status = 404), true)
  context.set('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(media.name)}`)
  context.type = media.mime
  context.body = media.bytes
  return true
}

/** The picture of a "Contact Me" code. */
function sendCode(simulator: Simulator, context: Koa.Context): true {
  const picture = drawCode(simulator, context.path.slice('/sim/code/'.length).replace(/\.png$/, ''))
  context.status = picture ? 200 : 404
  if (!picture) return true
  context.type = 'image/png'
  context.body = picture
  return true
}

/** Pictures of cards, fetched as the chat client does: by itself, without a page and without cookies; only the product's. */
async function sendPicture(simulator: Simulator, context: Koa.Context): Promise<true> {
  const { publicUrl, serverUrl } = simulator.config
  const asked = String(context.query['url'] ?? '')
  context.status = 404
  if (!asked.startsWith(`${publicUrl}/`)) return true
  const answer = await fetch(serverUrl + asked.slice(publicUrl.length), { redirect: 'error' }).catch(() => null)
  if (!answer?.ok || !answer.headers.get('content-type')?.startsWith('image/')) return true
  context.status = 200
  context.type = answer.headers.get('content-type') ?? ''
  context.body = Buffer.from(await answer.arrayBuffer())
  return true
}
