import { CallError } from '@vouch/contract'
import { shallowRef } from 'vue'

/** What a session alone does not allow: data to take away, or a step that cannot be taken back. */
export type Wanted = 'export' | 'step'
type Asking = { wanted: Wanted; answer: (proved: boolean) => void }

/** Whom the sheet asks to prove who they are, and for what. */
export const proofAsked = shallowRef<Asking | null>(null)
let open: Promise<boolean> | null = null

/** Calls, and once more after the caller proved who they are when that is asked for. Whoever will not is told so. */
export async function withProof<Answer>(path: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (reason) {
    if (!(reason instanceof CallError) || reason.code !== 'proof_needed') throw reason
    if (!(await prove(/export|\.csv/.test(path) ? 'export' : 'step'))) throw reason
    return ask()
  }
}

/** Calls that need it at the same time wait for one proof. */
function prove(wanted: Wanted): Promise<boolean> {
  open ??= new Promise<boolean>((answer) => {
    proofAsked.value = { wanted, answer }
  }).finally(() => {
    open = null
    proofAsked.value = null
  })
  return open
}
