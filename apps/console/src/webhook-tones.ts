import type { Webhook, WebhookDelivery } from '@vouch/contract'
import type { Tone } from '@vouch/ui'

export const webhookTones: Record<Webhook['life'], Tone> = { on: 'ok', paused: 'warn', off: 'bad', ended: 'neutral' }
export const deliveryTones: Record<WebhookDelivery['life'], Tone> = { waiting: 'info', delivered: 'ok', failed: 'bad' }
