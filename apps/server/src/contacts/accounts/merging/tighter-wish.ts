import type { Wish } from '../../wishes/wish-rows.ts'

type Wishes = Omit<Wish, 'revision'>
type Hours = { quietFrom: number; quietUntil: number }
const day = 1_440

/** Two wishes of one doctor as one: what either did not want, the lower number, the quiet of both. Never looser than one. */
export function tighterWish(ours: Wishes, theirs: Wishes): Wishes {
  const most = [ours.mostPerMonth, theirs.mostPerMonth].filter((one) => one !== null)
  return {
    unwanted: [...new Set([...ours.unwanted, ...theirs.unwanted])],
    mostPerMonth: most.length > 0 ? Math.min(...most) : null,
    ...quietOfBoth(hoursOf(ours), hoursOf(theirs)),
  }
}

const hoursOf = ({ quietFrom, quietUntil }: Wishes): Hours | null =>
  quietFrom === null || quietUntil === null ? null : { quietFrom, quietUntil }

/** One stretch of the day that holds both, the shortest there is. */
function quietOfBoth(ours: Hours | null, theirs: Hours | null): Pick<Wishes, 'quietFrom' | 'quietUntil'> {
  const only = ours ?? theirs
  if (!ours || !theirs) return only ?? { quietFrom: null, quietUntil: null }
  const both = new Set([...minutesOf(ours), ...minutesOf(theirs)])
  const spans = [ours.quietFrom, theirs.quietFrom].flatMap((quietFrom) =>
    [ours.quietUntil, theirs.quietUntil].map((quietUntil) => ({ quietFrom, quietUntil })),
  )
  const holds = (span: Hours): boolean => {
    const own = new Set(minutesOf(span))
    return [...both].every((minute) => own.has(minute))
  }
  const [shortest] = spans.filter(holds).toSorted((one, other) => lengthOf(one) - lengthOf(other))
  return shortest ?? { quietFrom: 0, quietUntil: day - 1 }
}

const lengthOf = ({ quietFrom, quietUntil }: Hours): number => (quietUntil - quietFrom + day) % day
const minutesOf = (span: Hours): number[] =>
  Array.from({ length: lengthOf(span) }, (_, minute) => (span.quietFrom + minute) % day)
