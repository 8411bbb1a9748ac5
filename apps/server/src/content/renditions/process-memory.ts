import { readFileSync } from 'node:fs'

/** Resident memory in bytes as Linux tells it; 0 where it does not. WebAssembly's is outside what Node itself limits. */
export function memoryOf(pid: number | undefined): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
