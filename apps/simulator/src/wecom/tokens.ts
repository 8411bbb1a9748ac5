import type { Simulator } from '../simulator.ts'
import { WeComError } from './errors.ts'
import type { ApiCall } from './call.ts'
import { issue } from './credentials.ts'
import { count, countWrongSecret, ticketLimits } from './limits.ts'

/** wecom-platform.md 1.1 */
export const getToken: ApiCall = {
  method: 'GET',
  withoutToken: true,
  answer(simulator, { query, ip }) {
    const { corpId, agentSecret } = simulator.config
    if (query.get('corpid') !== corpId) throw new WeComError(40013)
    if (query.get('corpsecret') !== agentSecret || simulator.store.switches.secretReset) {
      countWrongSecret(simulator, ip)
      throw new WeComError(40001)
    }
    const { value, expiresIn } = issue(simulator, 'token')
    return { access_token: value, expires_in: expiresIn }
  },
}

/** wecom-platform.md 1.4; `type` belongs to the other call. */
export const getCorpTicket: ApiCall = {
  method: 'GET',
  answer(simulator, { query }) {
    if (query.has('type')) throw new WeComError(91040)
    checkTicketFault(simulator)
    count(simulator, 'ticket corp', ticketLimits.corp)
    const { value, expiresIn } = issue(simulator, 'corp-ticket')
    return { ticket: value, expires_in: expiresIn }
  },
}

export const getAppTicket: ApiCall = {
  method: 'GET',
  answer(simulator, { query }) {
    if (query.get('type') !== 'agent_config') throw new WeComError(91040)
    checkTicketFault(simulator)
    count(simulator, 'ticket app', ticketLimits.app)
    count(simulator, 'ticket corp', ticketLimits.corp)
    const kind = simulator.store.switches.ticketFault === 'same' ? 'corp-ticket' : 'app-ticket'
    const { value, expiresIn } = issue(simulator, kind)
    return { ticket: value, expires_in: expiresIn }
  },
}

function checkTicketFault(simulator: Simulator): void {
  if (simulator.store.switches.ticketFault === 'used-up') throw new WeComError(45009)
}

/** wecom-platform.md 4 */
export const getCallbackIp: ApiCall = {
  method: 'GET',
  answer: () => ({ ip_list: ['127.0.0.1', '::1', '101.226.103.*'] }),
}
