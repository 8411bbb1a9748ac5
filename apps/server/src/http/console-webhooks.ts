import { webhookEndpoints as webhooks } from '@vouch/contract'
import { changeWebhook } from '../webhooks/change-webhook.ts'
import { listDeliveries } from '../webhooks/list-deliveries.ts'
import { listWebhooks, loadWebhook } from '../webhooks/list-webhooks.ts'
import { makeWebhook } from '../webhooks/make-webhook.ts'
import { rotateWebhookSecret } from '../webhooks/rotate-webhook-secret.ts'
import { sendDeliveryAgain, sendFailedAgain } from '../webhooks/send-again.ts'
import { testWebhook } from '../webhooks/test-webhook.ts'
import { turnWebhook } from '../webhooks/turn-webhook.ts'
import { serve, type Door } from './serve.ts'

/** Other systems that are told what is recorded here. */
export function mountWebhooks(door: Door): void {
  const { deps } = door
  serve(door, webhooks.listWebhooks, (me, asked) => listWebhooks(deps, me, asked))
  serve(door, webhooks.loadWebhook, (me, asked) => loadWebhook(deps, me, asked))
  serve(door, webhooks.makeWebhook, (me, asked) => makeWebhook(deps, me, asked))
  serve(door, webhooks.changeWebhook, (me, asked) => changeWebhook(deps, me, asked))
  serve(door, webhooks.turnWebhook, (me, asked) => turnWebhook(deps, me, asked))
  serve(door, webhooks.rotateWebhookSecret, (me, asked) => rotateWebhookSecret(deps, me, asked))
  serve(door, webhooks.testWebhook, (me, asked) => testWebhook(deps, me, asked))
  serve(door, webhooks.listDeliveries, (_, asked) => listDeliveries(deps, asked))
  serve(door, webhooks.sendDeliveryAgain, (me, asked) => sendDeliveryAgain(deps, me, asked))
  serve(door, webhooks.sendFailedAgain, (me, asked) => sendFailedAgain(deps, me, asked))
}
