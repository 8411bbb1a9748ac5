import { onBeforeUnmount, type Ref, type ShallowRef, watch } from 'vue'

/** Calls `reach` when the end of a list comes near, and again after each page that still leaves it near. */
export function useEnd(
  end: Readonly<ShallowRef<HTMLElement | null>>,
  next: Ref<string | null>,
  reach: () => void,
): void {
  if (typeof IntersectionObserver === 'undefined') return
  const observer = new IntersectionObserver(([seen]) => void (seen?.isIntersecting && reach()), { rootMargin: '600px' })
  const follow = (): void => {
    observer.disconnect()
    if (end.value && next.value) observer.observe(end.value)
  }
  watch([end, next], follow, { flush: 'post' })
  onBeforeUnmount(() => observer.disconnect())
}
