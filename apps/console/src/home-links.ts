import type { HomePart } from '@vouch/contract'
import type { RouteLocationRaw } from 'vue-router'

/** Where all of a part are; null where nothing can be done in the console. */
export const allOf: Record<HomePart, RouteLocationRaw | null> = {
  safety: { name: 'safety' },
  review: { name: 'content', query: { show: 'for_me' } },
  returned: { name: 'content', query: { show: 'returned' } },
  expiring: { name: 'content', query: { show: 'expiring' } },
  requests: { name: 'requests' },
  papers: { name: 'consent-papers' },
  consent_texts: { name: 'consent-texts' },
  policy_change: { name: 'policy' },
  welcome_change: { name: 'contact-welcome' },
  role_changes: { name: 'people' },
  matches: { name: 'match-reviews' },
  account_changes: { name: 'account-changes' },
  unmatched: null,
  unknown_sends: { name: 'sends', query: { show: 'unknown' } },
  vault_braked: { name: 'vault' },
  vault_quarantine: { name: 'vault' },
  checks: { name: 'system' },
  notices: { name: 'notices' },
}

/** Where one of them is: its own page, else the list that holds it. */
export function oneOf(part: HomePart, rowId: string): RouteLocationRaw | null {
  if (part === 'safety') return { name: 'safety-detail', params: { reportId: rowId } }
  if (part === 'consent_texts') return { name: 'consent-text', params: { version: rowId } }
  if (part === 'review' || part === 'returned' || part === 'expiring')
    return { name: 'content-detail', params: { contentItemId: rowId } }
  return allOf[part]
}
