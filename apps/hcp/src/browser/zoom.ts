type Words = { close: string; zoomIn: string; zoomOut: string }

const widest = 4
/** Two taps this close in time and place are one double tap. */
const doubleTapMs = 350
const doubleTapPx = 30

/**
 * Shows a tapped page at 1080 px in a layer of its own: moved with one finger, pinched or double-tapped, widened by buttons
 * or by + and −. Where the browser has no dialog the link itself opens the large image.
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

  let scale = 1
  /** Widens to `wanted` and keeps what is under the point where it is; without a point, the middle. */
  const widen = (wanted: number, x = view.clientWidth / 2, y = view.clientHeight / 2) => {
    const next = Math.min(widest, Math.max(1, wanted))
    const [left, top] = [((view.scrollLeft + x) * next) / scale - x, ((view.scrollTop + y) * next) / scale - y]
    scale = next
    image.style.width = `${scale * 100}%`
    view.scrollTo(left, top)
    smaller.disabled = scale === 1
    larger.disabled = scale === widest
  }
  const larger = button('+', words.zoomIn, () => widen(scale * 2))
  const smaller = button('−', words.zoomOut, () => widen(scale / 2))
  smaller.disabled = true
  const tools = element('div', 'zoom-tools')
  tools.append(
    smaller,
    larger,
    button(words.close, words.close, () => layer.close()),
  )
  layer.append(view, tools)
  layer.addEventListener('close', () => layer.remove())
  layer.addEventListener('keydown', ({ key }) => {
    if (key === '+' || key === '=') widen(scale * 2)
    else if (key === '-') widen(scale / 2)
    else if (key === '0') widen(1)
  })
  pinch(view, () => scale, widen)
  doubleTap(view, (x, y) => widen(scale > 1 ? 1 : 2.5, x, y))
  document.body.append(layer)
  layer.showModal()
}

type Widen = (scale: number, x: number, y: number) => void

function pinch(view: HTMLElement, scale: () => number, widen: Widen): void {
  let begun: { apart: number; scale: number } | null = null
  const two = ({ touches }: TouchEvent) => {
    const [one, other] = [touches[0], touches[1]]
    if (!one || !other) return null
    const { left, top } = view.getBoundingClientRect()
    const apart = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY)
    return { apart, x: (one.clientX + other.clientX) / 2 - left, y: (one.clientY + other.clientY) / 2 - top }
  }
  view.addEventListener('touchstart', (touched) => {
    const fingers = two(touched)
    begun = fingers && { apart: fingers.apart, scale: scale() }
  })
  const move = (touched: TouchEvent) => {
    const fingers = two(touched)
    if (!fingers || !begun) return
    touched.preventDefault()
    widen((begun.scale * fingers.apart) / begun.apart, fingers.x, fingers.y)
  }
  view.addEventListener('touchmove', move, { passive: false })
  view.addEventListener('touchend', () => (begun = null))
}

/** Of our own, because not every webview knows double clicks of fingers. */
function doubleTap(view: HTMLElement, act: (x: number, y: number) => void): void {
  let last = { at: -doubleTapMs, x: 0, y: 0 }
  view.addEventListener('click', ({ timeStamp, clientX: x, clientY: y }) => {
    const near = Math.hypot(x - last.x, y - last.y) < doubleTapPx
    const twice = near && timeStamp - last.at < doubleTapMs
    last = { at: twice ? -doubleTapMs : timeStamp, x, y }
    if (!twice) return
    const { left, top } = view.getBoundingClientRect()
    act(x - left, y - top)
  })
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
