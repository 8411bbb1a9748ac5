import { describe, expect, it } from 'vitest'
import { AppError } from './errors.ts'
import { gather } from './gather.ts'

const rules = { most: 4, waitMs: 60, worthAnotherTry: (fault: unknown) => (fault as Error).message === 'held' }
const turn = () => new Promise((resolve) => setTimeout(resolve, 5))

/** Work that waits until it is let go, and remembers what was asked together. */
function slowWork() {
  const goes: { asks: string[]; alone: boolean; end: (fault?: unknown) => void }[] = []
  const work = (asks: string[], alone: boolean) =>
    new Promise<string[]>((answer, fail) =>
      goes.push({ asks, alone, end: (fault) => (fault ? fail(fault) : answer(asks.map((ask) => `${ask}!`))) }),
    )
  return { goes, work }
}

describe('gather', () => {
  it('asks of one turn go together, those that come meanwhile with the next, at most so many', async () => {
    const { goes, work } = slowWork()
    const ask = gather(rules, work)
    const first = Promise.all([ask('a'), ask('b')])
    await turn()
    const second = Promise.all(['c', 'd', 'e', 'f', 'g'].map(ask))
    await turn()
    expect(goes.map((go) => go.asks)).toEqual([['a', 'b']])
    goes[0]!.end()
    expect(await first).toEqual(['a!', 'b!'])
    await turn()
    expect(goes.map((go) => go.asks)).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e', 'f'],
    ])
    goes[1]!.end()
    await turn()
    goes[2]!.end()
    expect(await second).toEqual(['c!', 'd!', 'e!', 'f!', 'g!'])
  })

  it('when a go of several fails each is done alone, and the next go does not wait for them', async () => {
    const { goes, work } = slowWork()
    const ask = gather(rules, work)
    const [a, b] = [ask('a'), ask('b')]
    await turn()
    goes[0]!.end(new Error('one of them'))
    await turn()
    const c = ask('c')
    await turn()
    expect(goes.slice(1).map(({ asks, alone }) => [asks, alone])).toEqual([
      [['a'], true],
      [['b'], true],
      [['c'], false],
    ])
    goes[1]!.end(new Error('mine'))
    goes[2]!.end()
    goes[3]!.end()
    await expect(a).rejects.toThrow('mine')
    expect([await b, await c]).toEqual(['b!', 'c!'])
  })

  it('one by itself is tried again only for a passing reason, and nobody after the patience is spent', async () => {
    const { goes, work } = slowWork()
    const ask = gather(rules, work)
    const held = ask('a')
    await turn()
    goes[0]!.end(new Error('held'))
    await turn()
    expect(goes[1]).toMatchObject({ asks: ['a'], alone: true })
    goes[1]!.end()
    expect(await held).toBe('a!')

    const broken = ask('b')
    await turn()
    goes[2]!.end(new Error('broken'))
    await expect(broken).rejects.toThrow('broken')

    const hung = Promise.allSettled([ask('c'), ask('d')])
    await turn()
    goes[3]!.end(new AppError('busy'))
    expect((await hung).map((one) => one.status)).toEqual(['rejected', 'rejected'])
    expect(goes).toHaveLength(4)
  })

  it('who waited too long for a turn is told busy, and is not done in secret afterwards', async () => {
    const { goes, work } = slowWork()
    const ask = gather(rules, work)
    const first = ask('a')
    await turn()
    await expect(ask('b')).rejects.toMatchObject({ code: 'busy' })
    goes[0]!.end()
    expect(await first).toBe('a!')
    await turn()
    expect(goes).toHaveLength(1)
  })
})
