export type BrakeFacts = {
  /** A person has not yet released the last brake. */
  braked: boolean
  /** Versions the vault calls approved that nobody here has published or released yet. */
  waiting: number
  publishedLastMinute: number
  perMinute: number
}

/**
 * Whether publishing stops until a person looks. More approvals in a minute than a company's people can give mean a
 * fault or a stranger in the vault. Ending what is published is never braked.
 */
export function decideBrake({ braked, waiting, publishedLastMinute, perMinute }: BrakeFacts): boolean {
  return braked || waiting + publishedLastMinute > perMinute
}
