const key = 'vouch.captions'

/**
 * Captions on or off by a button of our own, because not every webview's player has one; the player's own is followed. What
 * was chosen holds for the next video on this device too.
 */
export function switchCaptions(button: HTMLElement, tracks: TextTrackList): void {
  const track = tracks[0]
  if (!track) return
  const tell = (): void => button.setAttribute('aria-pressed', String(track.mode === 'showing'))
  const show = (on: boolean): void => {
    track.mode = on ? 'showing' : 'disabled'
    tell()
  }
  button.addEventListener('click', () => {
    show(track.mode !== 'showing')
    keep(track.mode)
  })
  tracks.addEventListener('change', tell)
  show(kept() !== 'disabled')
  button.hidden = false
}

function kept(): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null // the browser forbids it: captions are shown
  }
}

function keep(mode: TextTrackMode): void {
  try {
    localStorage.setItem(key, mode)
  } catch {
    // forbidden or full: it holds for this page
  }
}
