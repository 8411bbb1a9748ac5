import { AppError } from './errors.ts'

type Waiting<Ask, Answer> = { ask: Ask; answer: (answer: Answer) => void; fail: (fault: unknown) => void }

/**
 * Does asks that arrive together in one go: what comes while a go is under way waits and leaves with the next, up to
 * `most`. An ask that finds nobody before it starts at once, so a quiet hour pays nothing for the busy one. `work` answers
 * in the order of its asks. When a go of several fails, or of one for a reason that is `worthAnotherTry`, each is done
 * alone, beside the goes: nobody suffers for a neighbour. Who waited `waitMs` is answered `busy`.
 */
export function gather<Ask, Answer>(
  { most, waitMs, worthAnotherTry }: { most: number; waitMs: number; worthAnotherTry: (fault: unknown) => boolean },
  work: (asks: Ask[], alone: boolean) => Promise<Answer[]>,
): (ask: Ask) => Promise<Answer> {
  const waiting = new Map<Waiting<Ask, Answer>, NodeJS.Timeout>()
  let underWay = false

  async function go(those: Waiting<Ask, Answer>[]): Promise<void> {
    const asks = those.map(({ ask }) => ask)
    try {
      const answers = await work(asks, false)
      those.forEach(({ answer }, index) => answer(answers[index]!))
    } catch (fault) {
      const alone = !(fault instanceof AppError) && (those.length > 1 || worthAnotherTry(fault))
      for (const { ask, answer, fail } of those)
        if (alone) work([ask], true).then(([one]) => answer(one!), fail)
        else fail(fault)
    }
    underWay = false
    if (waiting.size > 0) setImmediate(leave) // after the answers, so that who asks again at once comes along
  }

  function leave(): void {
    if (underWay || waiting.size === 0) return
    const those = [...waiting.keys()].slice(0, most)
    for (const one of those) {
      clearTimeout(waiting.get(one))
      waiting.delete(one)
    }
    underWay = true
    void go(those)
  }

  return (ask) =>
    new Promise((answer, fail) => {
      const one = { ask, answer, fail }
      const giveUp = () => {
        waiting.delete(one)
        fail(new AppError('busy'))
      }
      waiting.set(one, setTimeout(giveUp, waitMs))
      if (waiting.size === 1 && !underWay) setImmediate(leave) // whoever arrived in the same turn comes along
    })
}
