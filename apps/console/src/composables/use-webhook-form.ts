import { type Webhook, webhookEndpoints, webhookKinds, type WebhookRefused } from '@vouch/contract'
import { computed, reactive, ref, shallowRef } from 'vue'
import { call } from '../api.ts'
import { useAsking } from './use-asking.ts'

/** What is typed about a webhook, new or as it is now; a failure keeps all of it. */
export function useWebhookForm(before: Webhook | null) {
  const form = reactive({
    ...{ name: before?.name ?? '', url: before?.url ?? '', kinds: [...(before?.kinds ?? webhookKinds)], reason: '' },
  })
  const { busy, fault, asking } = useAsking()
  const refused = ref<WebhookRefused | null>(null)
  const overtaken = shallowRef<Webhook | null>(null)
  const revision = ref(before?.revision ?? 0)
  /** Tried again after a dead spot it is the same wish. */
  let requestId = crypto.randomUUID()
  const ready = computed(
    () => form.name.trim() !== '' && form.url.trim() !== '' && form.kinds.length > 0 && form.reason.trim().length >= 3,
  )
  const words = () => ({
    ...{ name: form.name.trim(), url: form.url.trim(), reason: form.reason.trim() },
    kinds: webhookKinds.filter((kind) => form.kinds.includes(kind)),
  })

  /** Its id and its secret, which is null when that was told before; undefined when it was not made. */
  async function make(): Promise<{ webhookId: string; secret: string | null } | undefined> {
    refused.value = null
    const answer = await asking(() => call(webhookEndpoints.makeWebhook, { requestId, ...words() }))
    if (answer?.outcome === 'made') return answer
    if (!answer) return undefined
    refused.value = answer.reason
    requestId = crypto.randomUUID() // what is changed now is another wish
    return undefined
  }

  async function change(webhookId: string): Promise<boolean> {
    refused.value = overtaken.value = null
    const asked = { webhookId, revision: revision.value, ...words() }
    const answer = await asking(() => call(webhookEndpoints.changeWebhook, asked))
    if (answer?.outcome === 'refused') refused.value = answer.reason
    if (answer?.outcome === 'overtaken') {
      overtaken.value = answer.webhook
      revision.value = answer.webhook.revision
    }
    return answer?.outcome === 'done'
  }

  return { form, busy, fault, refused, overtaken, ready, make, change }
}
