/** Keeps the bar out of the way while reading on, and brings it back on the way up and at the end. */
export function tuckBar(bar: HTMLElement): void {
  let last = window.scrollY
  addEventListener(
    'scroll',
    () => {
      const moved = window.scrollY - last
      if (Math.abs(moved) < 12) return
      const atEnd = window.scrollY + window.innerHeight > document.documentElement.scrollHeight - 8
      bar.classList.toggle('away', moved > 0 && window.scrollY > 160 && !atEnd)
      last = window.scrollY
    },
    { passive: true },
  )
}

/** Switches big type and data saver at once, and lets the server remember them. */
export function switchLook(bar: HTMLElement, applySaver: (on: boolean) => void): void {
  const chosen = new URLSearchParams()
  for (const form of bar.querySelectorAll<HTMLFormElement>('[data-look]')) {
    form.addEventListener('submit', (submitted) => {
      submitted.preventDefault()
      const button = form.querySelector('button')
      if (!button) return
      const on = button.getAttribute('aria-pressed') !== 'true'
      // All that was chosen here, not this alone: of two quick taps the second would not know yet what the first has kept.
      chosen.set(button.name, button.value)
      void fetch(form.action, { method: 'POST', body: new URLSearchParams(chosen), keepalive: true })
      button.setAttribute('aria-pressed', String(on))
      const [value, opposite] = button.name === 'size' ? ['large', 'normal'] : ['on', 'off']
      button.value = on ? opposite : value
      if (button.name === 'size') document.documentElement.dataset['size'] = on ? value : opposite
      else applySaver(on)
    })
  }
}

/** Opens the table of contents before the jump to it, so that there is something to see. */
export function openContents(bar: HTMLElement): void {
  const contents = document.querySelector<HTMLDetailsElement>('#contents')
  bar.querySelector('[data-contents]')?.addEventListener('click', () => {
    if (contents) contents.open = true
  })
}

/** Pages that are not loaded yet come small from now on; or all pages in full again. */
export function saveData(on: boolean): void {
  for (const picture of document.querySelectorAll('.paper picture')) {
    const image = picture.querySelector('img')
    if (!image || (on && image.complete)) continue
    for (const source of picture.querySelectorAll<HTMLElement>('[srcset]')) {
      source.dataset['full'] ??= source.getAttribute('srcset') ?? ''
      source.setAttribute('srcset', on ? image.src.replace(/\d+\.webp$/, '480.webp') : source.dataset['full'])
    }
  }
}

/** On a slow network saving starts by itself, unless the reader has chosen. */
export function saveOnSlowNetwork(bar: HTMLElement): void {
  const button = bar.querySelector<HTMLButtonElement>('[name=saver]')
  const { connection } = navigator as Navigator & { connection?: { effectiveType?: string; saveData?: boolean } } // not everywhere
  const slow = connection?.saveData || /2g|3g/.test(connection?.effectiveType ?? '')
  if (!slow || !button || button.dataset['chosen'] !== undefined || button.value === 'off') return
  button.setAttribute('aria-pressed', 'true')
  button.value = 'off'
  saveData(true)
}
