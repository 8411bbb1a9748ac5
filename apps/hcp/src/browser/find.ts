const afterTypingMs = 150
const around = 12

/**
 * Finds words in the text of all pages, which a webview's own search does not always reach: leaves in the table of contents
 * the pages that hold them, with a few words around, and marks the place on the way there.
 */
export function findInPages(form: HTMLFormElement, main: HTMLElement): void {
  const field = form.querySelector('input')
  const said = form.querySelector<HTMLElement>('[data-found]')
  if (!field || !said) return
  form.hidden = false
  const entries = [...main.querySelectorAll<HTMLAnchorElement>('#contents li a')]
  const looked = entries.map((link) => {
    const part = main.querySelector<HTMLElement>(link.hash)
    const text = (part?.querySelector('.words p') ?? part)?.textContent ?? ''
    return { link, part, text, lower: text.toLowerCase() }
  })

  const look = () => {
    const wanted = field.value.trim().toLowerCase()
    let pages = 0
    for (const { link, text, lower } of looked) {
      const at = wanted === '' ? -1 : lower.indexOf(wanted)
      if (at >= 0) pages += 1
      if (link.parentElement) link.parentElement.hidden = wanted !== '' && at < 0
      const hint = link.querySelector('[data-hint]')
      if (hint) hint.textContent = at < 0 ? '' : excerpt(text, at, wanted.length)
    }
    const { found = '', none = '' } = form.dataset
    said.textContent = wanted === '' ? '' : pages > 0 ? found.replace('{n}', String(pages)) : none
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  field.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(look, afterTypingMs)
  })
  form.addEventListener('submit', (submitted) => {
    submitted.preventDefault()
    look()
    looked.find(({ link }) => field.value.trim() !== '' && !link.parentElement?.hidden)?.link.click()
  })
  for (const { link, part } of looked)
    link.addEventListener('click', () => part && mark(part, field.value.trim().toLowerCase()))
}

function excerpt(text: string, at: number, length: number): string {
  const from = Math.max(0, at - around)
  return `${from > 0 ? '…' : ''}${text.slice(from, at + length + around).replaceAll(/\s+/g, ' ')}…`
}

/** Opens the text of a page and marks the first place that holds the words. */
function mark(part: HTMLElement, wanted: string): void {
  for (const old of document.querySelectorAll('mark')) old.replaceWith(old.textContent ?? '')
  if (wanted === '') return
  const words = part.querySelector<HTMLDetailsElement>('.words')
  if (words) words.open = true
  const texts = document.createTreeWalker(words?.querySelector('p') ?? part, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode() as Text | null; node; node = texts.nextNode() as Text | null) {
    const at = node.data.toLowerCase().indexOf(wanted)
    if (at < 0) continue
    const place = document.createElement('mark')
    const rest = node.splitText(at)
    rest.splitText(wanted.length)
    rest.replaceWith(place)
    place.append(rest)
    // After the jump of the link itself.
    requestAnimationFrame(() => place.scrollIntoView({ block: 'center' }))
    return
  }
}
