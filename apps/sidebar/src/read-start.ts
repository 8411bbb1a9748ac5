import type { Piece, Start } from './api.ts'

/**
 * The first answer with its days as dates, as the contract would read it. The contract's schemas are not awaited for
 * it: they would be a sixth of the script the list waits for. The first answer knows no contact, so that nothing was
 * sent and nothing refused yet; the test holds this to the contract.
 */
export function readStart(body: unknown): Start {
  const start = body as Start // our own server's answer, whose dates are still texts
  return { ...start, now: new Date(start.now), pieces: start.pieces.map(readPiece) }
}

function readPiece(piece: Piece): Piece {
  return { ...piece, effectiveAt: day(piece.effectiveAt), expiresAt: day(piece.expiresAt) }
}

const day = (at: Date | null): Date | null => at && new Date(at)
