const slowMs = 3_000

/** Says when the network is away or slow, offers each picture that did not come again, and asks for all once it is back. */
export function watchNetwork(main: HTMLElement, said: HTMLElement): void {
  const { offline = '', slow = '' } = main.dataset
  const say = (words: string) => {
    if (said.textContent !== words) said.textContent = words
  }
  const first = main.querySelector<HTMLImageElement>('.sheet')
  const waiting = () => Boolean(first && !first.complete)
  const late = () => (navigator.onLine ? (waiting() ? slow : '') : offline)
  setTimeout(() => say(late()), slowMs)
  first?.addEventListener('load', () => say(navigator.onLine ? '' : offline))
  addEventListener('offline', () => say(offline))
  addEventListener('online', () => {
    say('')
    for (const lost of main.querySelectorAll<HTMLElement>('.lost:not([hidden])')) again(lost)
  })
  // Errors of pictures do not bubble, so they are heard on their way down.
  main.addEventListener('error', ({ target }) => lose(target as HTMLElement), true)
  for (const picture of main.querySelectorAll<HTMLImageElement>('.sheet'))
    if (picture.complete && picture.naturalWidth === 0 && picture.currentSrc !== '') lose(picture)
  for (const button of main.querySelectorAll<HTMLElement>('.lost button'))
    button.addEventListener('click', () => again(button.parentElement))
}

function lose(picture: HTMLElement): void {
  const lost = picture.closest('.page')?.querySelector<HTMLElement>('.lost')
  if (lost && picture.classList.contains('sheet')) lost.hidden = false
}

function again(lost: HTMLElement | null): void {
  const picture = lost?.closest('.page')?.querySelector('picture')
  if (!lost || !picture) return
  lost.hidden = true
  const fresh = picture.cloneNode(true) as HTMLElement
  fresh.querySelector('img')?.setAttribute('loading', 'eager')
  picture.replaceWith(fresh)
}
