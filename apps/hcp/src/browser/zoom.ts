type Words = { close: string; zoomIn: string; zoomOut: string }

const widest = 3

/**
 * Shows a tapped page at 1080 px in a layer of its own: moved with one finger, pinched by the browser, or widened by
 * buttons. Where the browser has no dialog the link itself opens the large image.
 */
export function zoomPages(words: Words): void {
  if (typeof HTMLDialogElement === 'undefined') return
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-zoom]')) {
    link.addEventListener('click', (clicked) => {
      if (clicked.metaKey || clicked.ctrlKey) return
      clicked.preventDefault()
      show(link, words)
    })
  }
}

function show(link: HTMLAnchorElement, words: Words): void {
  const layer = document.createElement('dialog')
  layer.className = 'zoom'
  layer.setAttribute('aria-label', link.getAttribute('aria-label') ?? '')
  const view = element('div', 'zoom-view')
  view.tabIndex = 0
  const image = link.querySelector<HTMLImageElement>('.sheet')?.cloneNode() as HTMLImageElement
  image.removeAttribute('srcset')
  image.loading = 'eager'
  image.src = link.href
  view.append(image)

  let step = 1
  const widen = (by: number) => {
    const before = view.scrollWidth
    step = Math.min(widest, Math.max(1, step + by))
    view.dataset['step'] = String(step)
    view.scrollLeft += (view.scrollWidth - before) / 2
    smaller.disabled = step === 1
    larger.disabled = step === widest
  }
  const larger = button('+', words.zoomIn, () => widen(1))
  const smaller = button('−', words.zoomOut, () => widen(-1))
  smaller.disabled = true
  const tools = element('div', 'zoom-tools')
  tools.append(
    smaller,
    larger,
    button(words.close, words.close, () => layer.close()),
  )
  layer.append(view, tools)
  layer.addEventListener('close', () => layer.remove())
  document.body.append(layer)
  layer.showModal()
}

function element(tag: string, className: string): HTMLElement {
  const made = document.createElement(tag)
  made.className = className
  return made
}

function button(label: string, name: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button')
  made.textContent = label
  made.setAttribute('aria-label', name)
  made.addEventListener('click', act)
  return made
}
