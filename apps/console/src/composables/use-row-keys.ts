import { onBeforeUnmount, onMounted, type ShallowRef } from 'vue'

/** `/` goes to the search; arrows move between what each row is worked by, from the search into the first. */
export function useRowKeys(
  rows: Readonly<ShallowRef<HTMLElement | null>>,
  toSearch: () => void,
  inRow = '.send-toggle',
): void {
  const typing = (target: EventTarget | null): boolean =>
    target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)

  function move(step: number, event: KeyboardEvent): void {
    const buttons = Array.from(rows.value?.querySelectorAll<HTMLElement>(inRow) ?? [])
    const at = buttons.findIndex((button) => button === document.activeElement)
    if (at < 0 && !(typing(event.target) && step > 0)) return
    const next = buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
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
