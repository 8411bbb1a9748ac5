import type { PieceRow } from './piece-lock.ts'

type Piece = Pick<PieceRow, 'state' | 'approvedAt' | 'expiredAt'>
type Signed = { renewsUntil: Date | null; signedAt: Date }

/** Signatures that ask for a new last day and have not led to one. */
export function renewing<One extends Signed>(
  { approvedAt, expiredAt }: Pick<Piece, 'approvedAt' | 'expiredAt'>,
  signatures: readonly One[],
): One[] {
  const since = Math.max(approvedAt?.getTime() ?? 0, expiredAt?.getTime() ?? 0)
  return signatures.filter((one) => one.renewsUntil && one.signedAt.getTime() > since)
}

/** The round that extends and was signed last: the day it asks for, and its signatures; null when none has begun. */
export function openRound<One extends Signed>(piece: Piece, signatures: readonly One[]) {
  if (piece.state !== 'approved' && piece.state !== 'expired') return null
  const begun = renewing(piece, signatures)
  const until = begun.at(-1)?.renewsUntil
  if (!until) return null
  return { until, round: begun.filter((one) => one.renewsUntil?.getTime() === until.getTime()) }
}
