import axios from 'axios'
import * as z from 'zod'
import { AppError } from '../errors.ts'
import type { Ask } from './transport.ts'
import { passes, refusalClass, WeComRefusal } from './wecom-refusal.ts'
import type { KnownWay, MadeWay, WantedWay, WayOutcome } from './wecom.ts'

const text = z.string().catch('')
const made = z.object({ config_id: z.string().min(1).max(64), qr_code: text })
const known = z.object({
  contact_way: z.object({
    config_id: text,
    user: z.array(z.string()).catch([]),
    state: text,
    remark: text,
    qr_code: text,
  }),
})
const listed = z.object({ contact_way: z.array(z.object({ config_id: z.string() })).catch([]), next_cursor: text })

const mostPages = 50
const mostPictureBytes = 1024 * 1024
const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)

/** `style` beside a QR code is refused (41040), and a temporary code takes one member alone. */
const shapeOf = ({ style, temporary }: WantedWay) => ({
  type: temporary ? 1 : 2,
  scene: style === null ? 2 : 1,
  ...(temporary ? { is_temp: true, expires_in: temporary.codeSeconds, chat_expires_in: temporary.chatSeconds } : {}),
})
const wordsOf = ({ note, scanState, userIds, skipVerify, style }: WantedWay) => ({
  ...{ remark: note, state: scanState, user: userIds, skip_verify: skipVerify },
  ...(style === null ? {} : { style }),
})

/**
 * Always for several members, except the temporary code, which WeCom gives for one alone: what a code was made for cannot
 * be changed, and backups may come later.
 */
export async function addContactWay(call: Ask, wanted: WantedWay): Promise<MadeWay> {
  try {
    const json = { ...shapeOf(wanted), ...wordsOf(wanted) }
    const { config_id, qr_code } = made.parse(await call({ path: 'externalcontact/add_contact_way', json }))
    return { outcome: 'made', configId: config_id, picture: qr_code }
  } catch (fault) {
    return asRefused(fault)
  }
}

export async function contactWay(call: Ask, configId: string): Promise<KnownWay | null> {
  try {
    const json = { config_id: configId }
    const { contact_way } = known.parse(await call({ path: 'externalcontact/get_contact_way', json }))
    const { user, state, remark, qr_code } = contact_way
    return { configId, userIds: user, scanState: state, note: remark, picture: qr_code }
  } catch (fault) {
    // No document says which number an unknown id gets: one that is about the wish, and not about us, is it.
    const aboutUs = ['permission', 'configuration', 'scope', 'member']
    if (fault instanceof WeComRefusal && !passes(fault) && !aboutUs.includes(fault.asks)) return null
    throw fault
  }
}

export async function contactWaysMade(call: Ask, from: Date, until: Date): Promise<string[]> {
  const found: string[] = []
  let cursor = ''
  for (let pages = 0; pages < mostPages; pages += 1) {
    const json = { start_time: seconds(from), end_time: seconds(until), cursor, limit: 1000 }
    const page = listed.parse(await call({ path: 'externalcontact/list_contact_way', json }))
    found.push(...page.contact_way.map(({ config_id }) => config_id))
    if (!page.next_cursor || page.next_cursor === cursor) return found
    cursor = page.next_cursor
  }
  throw new AppError('wecom_unavailable')
}

export async function updateContactWay(call: Ask, configId: string, wanted: WantedWay): Promise<WayOutcome> {
  try {
    await call({ path: 'externalcontact/update_contact_way', json: { config_id: configId, ...wordsOf(wanted) } })
    return { outcome: 'done' }
  } catch (fault) {
    return asRefused(fault)
  }
}

export async function removeContactWay(call: Ask, configId: string): Promise<WayOutcome> {
  try {
    await call({ path: 'externalcontact/del_contact_way', json: { config_id: configId } })
    return { outcome: 'done' }
  } catch (fault) {
    const refused = asRefused(fault)
    const gone = ['bug', 'unknown', 'business'].includes(refusalClass(fault) ?? '')
    return gone ? { outcome: 'done' } : refused
  }
}

function asRefused(fault: unknown): { outcome: 'refused'; errcode: number } {
  if (fault instanceof WeComRefusal && !passes(fault)) return { outcome: 'refused', errcode: fault.errcode }
  throw fault
}

/** Bounded in time and size, without redirects, without our token; PNG or JPEG by its first bytes. */
export async function fetchPicture(address: string): Promise<Buffer> {
  const bytes = await axios
    .get<ArrayBuffer>(address, {
      responseType: 'arraybuffer',
      ...{ timeout: 5_000, maxRedirects: 0, maxContentLength: mostPictureBytes, signal: AbortSignal.timeout(6_000) },
    })
    .then(
      ({ data }) => Buffer.from(data),
      () => Buffer.alloc(0),
    )
  const png = bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
  const jpeg = bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))
  if (!png && !jpeg) throw new AppError('wecom_unavailable', { field: 'picture' })
  return bytes
}
