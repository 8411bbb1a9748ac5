const draft = 'vouch.report'

/**
 * Keeps what is typed for this tab until it is taken, so that neither a change of language nor a way back loses it; and
 * while the network is away says so instead of leaving the page.
 */
export function keepReport(form: HTMLFormElement): void {
  restore(form)
  form.addEventListener('input', () => keep(form))
  form.addEventListener('submit', (submitted) => {
    submitted.preventDefault()
    void send(form)
  })
}

async function send(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector<HTMLButtonElement>('[type=submit]')
  const said = form.querySelector<HTMLElement>('[data-offline-said]')
  if (!button || !said || button.disabled) return
  const label = button.textContent
  button.disabled = true
  button.textContent = form.dataset['sending'] ?? label
  said.hidden = true
  // The fields in the browser's own order and spelling: the server hears the same from a plain form.
  const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]))
  const answer = await fetch(form.action, { method: 'POST', body }).catch(() => null)
  if (answer?.redirected && answer.ok) {
    forget()
    return location.assign(answer.url)
  }
  button.disabled = false
  button.textContent = label
  // Anything but a receipt is shown by the server's own page; the same words under the same id are one report.
  if (answer) return form.submit()
  said.textContent = form.dataset['offline'] ?? ''
  said.hidden = false
}

const storage = (): Storage | null => {
  try {
    return sessionStorage
  } catch {
    return null // forbidden by the browser: then nothing is kept
  }
}

function keep(form: HTMLFormElement): void {
  const typed = [...new FormData(form)].filter(([, value]) => typeof value === 'string')
  storage()?.setItem(draft, JSON.stringify(typed))
}

/** It was taken: nothing of it stays on this device. */
export function forget(): void {
  storage()?.removeItem(draft)
}

/** Fields that the server has filled in again are newer and stay. */
function restore(form: HTMLFormElement): void {
  const kept = JSON.parse(storage()?.getItem(draft) ?? '[]') as [string, string][] // written by keep
  for (const [name, value] of kept) {
    for (const field of form.querySelectorAll<HTMLInputElement>(`[name="${name}"]`)) {
      if (field.type === 'radio' || field.type === 'checkbox') field.checked = field.value === value
      else if (field.value === '' || name === 'requestId') field.value = value
    }
  }
}
