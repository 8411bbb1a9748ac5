import { Transform } from 'node:stream'
import type { Network } from '../session.ts'
import type { Simulator } from '../simulator.ts'

export type Phone = 'rep' | 'hcp'

/** A slow mobile line: time before the first byte, and bytes a second after it. */
export const slow = { latencyMs: 700, bytesPerSecond: 90_000 }

export function networkOf(simulator: Simulator, phone: Phone): Network {
  return phone === 'rep' ? simulator.store.session.repNetwork : simulator.store.session.hcpNetwork
}

/** One-off faults go back to normal once they have struck. */
export function faultStruck(simulator: Simulator, phone: Phone): void {
  simulator.store.session[phone === 'rep' ? 'repNetwork' : 'hcpNetwork'] = 'normal'
  simulator.feed.changed()
}

/** A stream that lets through so many bytes a second, in steps of 50 ms. */
export function throttle(bytesPerSecond: number): Transform {
  const most = Math.ceil(bytesPerSecond / 20)
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const push = (from: number): void => {
        if (from >= chunk.length) return done()
        this.push(chunk.subarray(from, from + most))
        setTimeout(push, 50, from + most)
      }
      push(0)
    },
  })
}
