/** Browser storage that never throws: a browser may forbid it or have none left. */
type Which = 'local' | 'session'

const storage = (which: Which): Storage => (which === 'local' ? window.localStorage : window.sessionStorage)

/** The kept value; its shape is what `keep` of the same key wrote. */
export function take<Value>(which: Which, key: string): Value | null {
  try {
    const text = storage(which).getItem(key)
    return text === null ? null : (JSON.parse(text) as Value) // written by keep alone
  } catch {
    return null
  }
}

/** Forgets everything kept under keys that begin like this. */
export function forget(which: Which, begins: string): void {
  try {
    const keys = Object.keys(storage(which)).filter((key) => key.startsWith(begins))
    for (const key of keys) storage(which).removeItem(key)
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** Keeps a value, or forgets it when null. False when the browser would not. */
export function keep(which: Which, key: string, value: unknown): boolean {
  try {
    if (value === null) storage(which).removeItem(key)
    else storage(which).setItem(key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}
