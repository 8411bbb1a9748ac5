import type { chatMessage } from '@vouch/contract'
import type * as z from 'zod/mini'

export type ChatMessageOf = z.output<typeof chatMessage>
