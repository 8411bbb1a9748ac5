import { jsSignature } from '@vouch/wecom/crypto'
import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { tell } from './app-message.ts'
import { createCall } from './call.ts'
import {
  addContactWay,
  contactWay,
  contactWaysMade,
  fetchPicture,
  removeContactWay,
  updateContactWay,
} from './contact-ways.ts'
import { contactsPage, findContact, findMember, isEmployed, servingMembers } from './contacts.ts'
import { createCredentials, credentialNames, type CredentialName, type Fetched } from './credentials.ts'
import { upload } from './media.ts'
import { loginUrl, oauthUrl, visitorOfCode } from './oauth.ts'
import { createTransport, type Ask } from './transport.ts'
import { WeComRefusal } from './wecom-refusal.ts'
import { sendWelcome } from './welcome.ts'
import type { WeCom } from './wecom.ts'

type Needs = Pick<Deps, 'config' | 'db' | 'secrets' | 'now' | 'newId' | 'log'>

/** WeCom as our app sees it. One per instance; credentials are shared with all other instances by the database. */
export function createWeCom(deps: Needs): WeCom {
  const { config, now } = deps
  const ask = createTransport(deps)
  const credentials = createCredentials({ ...deps, fetch: (name) => fetchCredential(config, { ask, call }, name) })
  const call = createCall({ ...deps, ask, tokens: credentials })

  async function sign(url: string): ReturnType<WeCom['sign']> {
    const [corp, agent] = await Promise.all([credentials.value('corp_ticket'), credentials.value('app_ticket')])
    const timestamp = Math.floor(now().getTime() / 1000)
    const signed = (ticket: string) => {
      const nonceStr = randomBytes(12).toString('hex')
      return { timestamp, nonceStr, signature: jsSignature({ ticket, nonceStr, timestamp, url }) }
    }
    return { corp: signed(corp), agent: signed(agent) }
  }

  return {
    oauthUrl: (asked) => oauthUrl(config, asked),
    loginUrl: (asked) => loginUrl(config, asked),
    visitorOfCode: (code) => answerable(visitorOfCode(call, code)),
    sign: (url) => answerable(sign(url)),
    isEmployed: (userId) => answerable(isEmployed(call, userId)),
    findMember: (userId) => answerable(findMember(call, userId)),
    servingMembers: () => answerable(servingMembers(call)),
    contactsPage: (asked) => answerable(contactsPage(call, asked)),
    findContact: (externalUserId) => answerable(findContact(call, externalUserId)),
    upload: (file) => answerable(upload(call, file)),
    tell: (message) => answerable(tell(call, config.WECOM_AGENT_ID, message)),
    sendWelcome: (said) => answerable(sendWelcome(call, said)),
    addContactWay: (wanted) => answerable(addContactWay(call, wanted)),
    contactWay: (configId) => answerable(contactWay(call, configId)),
    contactWaysMade: (from, until) => answerable(contactWaysMade(call, from, until)),
    updateContactWay: (configId, wanted) => answerable(updateContactWay(call, configId, wanted)),
    removeContactWay: (configId) => answerable(removeContactWay(call, configId)),
    fetchPicture,
    refreshAhead: async () => {
      for (const name of credentialNames) await answerable(credentials.refreshAhead(name))
    },
  }
}

const seconds = z.coerce.number().positive()
const token = z.object({ access_token: z.string().min(1).max(1024), expires_in: seconds })
const ticket = z.object({ ticket: z.string().min(1).max(1024), expires_in: seconds })

/** The token needs the secret, tickets need the token; the two tickets are not interchangeable (wecom-platform.md 1.4). */
async function fetchCredential(
  config: Deps['config'],
  { ask, call }: { ask: Ask; call: Ask },
  name: CredentialName,
): Promise<Fetched> {
  if (name === 'access_token') {
    const query = { corpid: config.WECOM_CORP_ID, corpsecret: config.WECOM_AGENT_SECRET }
    const answer = token.parse(await ask({ path: 'gettoken', query }))
    return { value: answer.access_token, livesMs: answer.expires_in * 1000 }
  }
  const asked =
    name === 'corp_ticket'
      ? { path: 'get_jsapi_ticket' as const }
      : { path: 'ticket/get' as const, query: { type: 'agent_config' } }
  const answer = ticket.parse(await call(asked))
  return { value: answer.ticket, livesMs: answer.expires_in * 1000 }
}

/** Whatever WeCom refuses or answers in another shape is, to everybody else, WeCom being unavailable. */
async function answerable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (fault) {
    if (fault instanceof WeComRefusal || fault instanceof z.ZodError) throw new AppError('wecom_unavailable')
    throw fault
  }
}
