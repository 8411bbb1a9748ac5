import { onBeforeUnmount, onMounted, type ShallowRef } from 'vue'

/** On a PC: `/` goes to the search, arrows move through the rows. Enter and Esc are the browser's and the sheet's. */
export function useListKeys(rows: Readonly<ShallowRef<HTMLElement | null>>, toSearch: () => void): void {
  function typing(target: EventTarget | null): boolean {
    return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
  }

  function move(step: number, event: KeyboardEvent): void {
    const buttons = Array.from(rows.value?.querySelectorAll<HTMLElement>('.row-main') ?? [])
    const at = buttons.findIndex((button) => button.closest('li')?.contains(document.activeElement))
    if (at < 0 && !(typing(event.target) && step > 0)) return
    const next = buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (document.querySelector('[role="dialog"]')) return
    if (event.key === '/' && !typing(event.target)) {
      event.preventDefault()
      toSearch()
    }
    if (event.key === 'ArrowDown') move(1, event)
    if (event.key === 'ArrowUp') move(-1, event)
  }

  onMounted(() => document.addEventListener('keydown', press))
  onBeforeUnmount(() => document.removeEventListener('keydown', press))
}
