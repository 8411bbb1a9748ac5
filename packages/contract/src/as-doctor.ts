import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { contentKind, id, messageKind } from './shapes.ts'

/** One version as it reaches a doctor: what arrives in the chat, and whether there is a page behind it. */
const shownPiece = z.object({
  contentItemId: z.string(),
  title: z.string(),
  version: z.number(),
  kind: contentKind,
  lifeState: z.string(),
  language: z.string(),
  /** How it may be sent; empty while its author has not said. */
  ways: z.array(messageKind),
  card: z.object({ title: z.string(), desc: z.string(), picture: z.string() }),
  /** What arrives as a text. */
  words: z.string(),
  file: z.nullable(z.object({ name: z.string(), bytes: z.number() })),
  /** An image as it arrives. */
  picture: z.nullable(z.string()),
  seconds: z.number(),
  /** `none`: no page belongs to it. Whatever is not `ready` cannot be shown yet. */
  page: z.enum(['ready', 'waiting', 'drawing', 'failed', 'missing', 'none']),
  done: z.number(),
  of: z.number(),
  problem: z.nullable(z.string()),
  /** The links that were sent show its end by now. */
  ended: z.boolean(),
  /** The version that stands at these links by now, for doctors within its reach. */
  replacedBy: z.nullable(z.string()),
})

/** What a doctor meets of one version; of a script each of its pieces, in their order. Looking is on record as of the version. */
export const loadAsDoctor = endpoint({
  method: 'POST',
  path: '/api/console/content/as-doctor',
  caller: 'console',
  input: z.strictObject({ contentItemId: id }),
  output: z.object({
    contentItemId: z.string(),
    title: z.string(),
    version: z.number(),
    kind: contentKind,
    lifeState: z.string(),
    pieces: z.array(shownPiece),
  }),
})
