import type { Deps } from '../deps.ts'

/** Of these WeCom itself may be the sender; what has no shape at all is anybody's. */
const telling = ['signature', 'padding', 'receiver', 'length', 'stale']
/** Anybody may knock at that door: one note a minute is enough for whoever looks after it. */
const restMs = 60_000

/** Remembers that a callback was refused, so that the system check can tell a wrong key from silence. Never waited for. */
export function createRefusalNotes({ db, now, log }: Deps): (because: string) => void {
  let restsUntil = 0
  return (said) => {
    const at = now()
    if (!telling.includes(said) || at.getTime() < restsUntil) return
    restsUntil = at.getTime() + restMs
    db.insertInto('setupNote')
      .values({ name: 'callback_refused', at, said })
      .onDuplicateKeyUpdate({ at, said })
      .execute()
      .catch((fault: { code?: unknown }) => log.warn({ code: fault.code }, 'a refused callback was not noted'))
  }
}
