const office = ['compliance_officer', 'compliance', 'auditor']

/** The places of the console in their order, and who finds which; `null` is everybody, the rest of the office comes by a link. */
export const places = [
  { name: 'home', roles: null },
  { name: 'content', roles: ['author', 'medical', 'legal', 'system_admin', 'security_admin', ...office] },
  { name: 'sends', roles: ['system_admin', 'manager', ...office] },
  { name: 'reports', roles: ['manager', ...office] },
  { name: 'vault', roles: ['system_admin', 'compliance_officer', 'auditor'] },
  { name: 'consents', roles: ['author', 'manager', ...office] },
  { name: 'accounts', roles: ['system_admin', 'manager', ...office] },
  { name: 'safety', roles: office },
  { name: 'requests', roles: office },
  { name: 'matching', roles: ['system_admin', ...office] },
  { name: 'contactsSync', roles: ['system_admin', ...office] },
  { name: 'contactCodes', roles: ['system_admin', ...office] },
  { name: 'audit', roles: ['security_admin', ...office] },
  { name: 'people', roles: ['security_admin', 'system_admin', ...office] },
  { name: 'policy', roles: ['security_admin', 'system_admin', ...office] },
  { name: 'company', roles: ['security_admin', 'system_admin', ...office] },
  { name: 'settings', roles: ['security_admin', 'system_admin', ...office] },
  { name: 'system', roles: ['system_admin'] },
] as const

export type PlaceName = (typeof places)[number]['name']

declare module 'vue-router' {
  interface RouteMeta {
    /** Where the page belongs. */
    place?: PlaceName
  }
}

const holds = (roles: readonly string[], asked: readonly string[] | null): boolean =>
  asked === null || asked.some((role) => roles.includes(role))

/** The places of somebody with these roles, and the name of the first page of each that they may see. */
export function placesOf(roles: readonly string[]): { name: PlaceName; page: string }[] {
  return places.filter((place) => holds(roles, place.roles)).map(({ name }) => ({ name, page: pageOf(name, roles) }))
}

function pageOf(name: PlaceName, roles: readonly string[]): string {
  if (name === 'consents') return holds(roles, ['manager', ...office]) ? 'consents' : 'consent-texts'
  if (name === 'matching') return holds(roles, office) ? 'match-reviews' : 'account-changes'
  if (name === 'contactsSync') return 'contacts-sync'
  return name === 'contactCodes' ? 'contact-codes' : name
}
