import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import { ref } from 'vue'

/** Why nothing came of it: given up or too slow, one is there already, or this browser or device cannot. */
export type PasskeyFault = 'cancelled' | 'known' | 'unable'
/** What the server asks the browser with: its library writes it, that of the browser reads it. */
type Options = { challenge: string }
export type ShowPasskey = (options: Options) => Promise<string | undefined>

/** Asks the browser for a passkey, or to make one. What it answers is the text the server wants. */
export function usePasskey() {
  const able = browserSupportsWebAuthn()
  const failed = ref<PasskeyFault | null>(null)

  async function asking(ask: () => Promise<object>): Promise<string | undefined> {
    failed.value = null
    try {
      return JSON.stringify(await ask())
    } catch (reason) {
      failed.value = faultIn(reason)
      return undefined
    }
  }

  const show: ShowPasskey = (options) =>
    asking(() => startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON }))
  const make = (options: Options) =>
    asking(() => startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON }))

  return { able, failed, show, make }
}

/** Browsers tell a cancelled question and one that took too long by the same name, so that a site learns nothing. */
function faultIn(reason: unknown): PasskeyFault {
  const name = reason instanceof Error ? reason.name : ''
  if (name === 'NotAllowedError' || name === 'AbortError') return 'cancelled'
  return name === 'InvalidStateError' ? 'known' : 'unable'
}
