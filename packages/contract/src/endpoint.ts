import type * as z from 'zod/mini'

/** Who may call an endpoint; the server refuses everybody else before it reads the body. */
export type Caller = 'rep' | 'console' | 'hcp' | 'anyone'

export type Endpoint = {
  method: 'GET' | 'POST'
  path: string
  caller: Caller
  /** Largest body in bytes. */
  bodyLimit: number
  input: z.ZodMiniType
  output: z.ZodMiniType
}

/** Declares one endpoint; server and pages take their types from it. The body limit defaults to 8 kB. */
export function endpoint<I extends z.ZodMiniType, O extends z.ZodMiniType>(declared: {
  method: 'GET' | 'POST'
  path: string
  caller: Caller
  bodyLimit?: number
  input: I
  output: O
}) {
  return { bodyLimit: 8 * 1024, ...declared }
}

/** What the caller gives, before and after validation the same but for defaults. */
export type Input<E extends Endpoint> = z.output<E['input']>
export type AskedInput<E extends Endpoint> = z.input<E['input']>
export type Output<E extends Endpoint> = z.output<E['output']>
