import { ulid } from 'ulid'
import type { PreparedPiece } from '../content/prepare-piece.ts'
import type { World, WorldPiece } from './world-file.ts'
import { resolveWhen, type When } from './world-time.ts'

export type KnownPiece = { id: string; piece: WorldPiece; prepared: PreparedPiece }

/** The world with its moments resolved and its names turned into ids. Looking up what is not there throws. */
export type Known = {
  world: World
  now: Date
  at: (when: When) => Date
  /** When the imaginary company began to use the product; nothing in the world is older but approvals and drafts. */
  foundedAt: Date
  pieces: readonly KnownPiece[]
  personId: (wecomUserId: string) => string
  accountId: (externalUserId: string) => string | null
  piece: (documentId: string, version: number) => KnownPiece
}

const foundedDaysAgo = 600

export function knowWorld(world: World, prepared: readonly PreparedPiece[], now: Date): Known {
  const at = (when: When) => resolveWhen(when, now)
  const foundedAt = at({ days: -foundedDaysAgo, at: '00:00' })
  const pieces = world.content.map((piece, index) => {
    const made = prepared[index]
    if (!made) throw new Error(`${piece.documentId} was not prepared`)
    return { id: idAt(at(piece.createdAt)), piece, prepared: made }
  })
  const personIds = new Map(world.people.map((person) => [person.wecomUserId, idAt(foundedAt)]))
  const accountIds = new Map(world.contacts.map((contact) => [contact.externalUserId, contact.accountId]))
  const byVersion = new Map(pieces.map((known) => [`${known.piece.documentId} v${known.piece.version}`, known]))
  return {
    ...{ world, now, at, foundedAt, pieces },
    personId: (wecomUserId) => found(personIds, wecomUserId),
    accountId: (externalUserId) => found(accountIds, externalUserId),
    piece: (documentId, version) => found(byVersion, `${documentId} v${version}`),
  }
}

/** An id as it would have been made then, so that ids sort by time. */
export function idAt(at: Date): string {
  return ulid(at.getTime())
}

function found<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name)
  if (value === undefined) throw new Error(`The demo world names ${name}, which is not in it`)
  return value
}
