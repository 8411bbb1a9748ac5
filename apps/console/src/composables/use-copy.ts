import { ref } from 'vue'

/** Copies text, also where the clipboard API is not allowed. `copied` holds for two seconds. */
export function useCopy() {
  const copied = ref(false)

  async function copy(text: string): Promise<void> {
    copied.value = (await byClipboard(text)) || bySelection(text)
    setTimeout(() => (copied.value = false), 2_000)
  }

  return { copied, copy }
}

async function byClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

function bySelection(text: string): boolean {
  const before = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.setAttribute('readonly', '')
  field.className = 'visually-hidden'
  document.body.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  if (before instanceof HTMLElement) before.focus()
  return done
}
