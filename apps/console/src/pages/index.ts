import { createRouter, createWebHistory, type Router, type RouteRecordRaw, type RouterHistory } from 'vue-router'
import type { PlaceName } from '../places.ts'

/** Ordinary addresses under `/console/`; the server answers all of them with the same page. */
export function createPages(history: RouterHistory = createWebHistory('/console/')): Router {
  return createRouter({
    history,
    routes: [
      { path: '/', redirect: '/home' },
      ...pagesOf('home', [
        { path: '/home', name: 'home', component: () => import('./home.vue') },
        { path: '/notices', name: 'notices', component: () => import('./notices.vue') },
      ]),
      ...pagesOf('sends', [
        { path: '/sends', name: 'sends', component: () => import('./send-list.vue') },
        { path: '/sends/:sendId', name: 'send', component: () => import('./send-detail.vue'), props: true },
      ]),
      ...pagesOf('content', [
        { path: '/content', name: 'content', component: () => import('./content-list.vue') },
        { path: '/content/new', name: 'content-new', component: () => import('./content-new.vue') },
        { path: '/content/imports', name: 'imports', component: () => import('./import-list.vue') },
        { path: '/content/imports/new', name: 'import-new', component: () => import('./import-new.vue') },
        {
          path: '/content/imports/:importId',
          name: 'import',
          component: () => import('./import-run.vue'),
          props: true,
        },
        {
          path: '/content/bulk/:bulkId',
          name: 'content-bulk',
          component: () => import('./content-bulk.vue'),
          props: true,
        },
        {
          path: '/content/:contentItemId/readers',
          name: 'content-readers',
          component: () => import('./content-readers.vue'),
          props: true,
        },
        {
          path: '/content/:contentItemId/as-doctor',
          name: 'content-as-doctor',
          component: () => import('./content-as-doctor.vue'),
          props: true,
        },
        {
          path: '/content/:contentItemId',
          name: 'content-detail',
          component: () => import('./content-detail.vue'),
          props: true,
        },
      ]),
      ...pagesOf('consents', [
        { path: '/consents', name: 'consents', component: () => import('./consent-list.vue') },
        { path: '/consents/papers', name: 'consent-papers', component: () => import('./consent-papers.vue') },
        { path: '/consents/imports', name: 'consent-imports', component: () => import('./consent-imports.vue') },
        { path: '/consents/texts', name: 'consent-texts', component: () => import('./consent-texts.vue') },
        {
          path: '/consents/texts/:version(\\d+)',
          name: 'consent-text',
          component: () => import('./consent-text.vue'),
          props: true,
        },
        {
          path: '/consents/doctors/:accountId',
          name: 'consent-doctor',
          component: () => import('./consent-doctor.vue'),
          props: true,
        },
      ]),
      ...pagesOf('accounts', [
        { path: '/doctors', name: 'accounts', component: () => import('./hcp-list.vue') },
        { path: '/doctors/duplicates', name: 'account-pairs', component: () => import('./hcp-duplicates.vue') },
        { path: '/doctors/merge', name: 'account-merge', component: () => import('./hcp-merge.vue') },
        { path: '/doctors/imports', name: 'account-imports', component: () => import('./hcp-imports.vue') },
        { path: '/doctors/of/:accountId', name: 'account', component: () => import('./hcp-detail.vue'), props: true },
      ]),
      ...pagesOf('safety', [
        { path: '/safety', name: 'safety', component: () => import('./safety-list.vue') },
        {
          path: '/safety/:reportId',
          name: 'safety-detail',
          component: () => import('./safety-detail.vue'),
          props: true,
        },
      ]),
      ...pagesOf('requests', [{ path: '/requests', name: 'requests', component: () => import('./hcp-requests.vue') }]),
      ...pagesOf('matching', [
        { path: '/doctors/matches', name: 'match-reviews', component: () => import('./match-reviews.vue') },
        { path: '/doctors/changes', name: 'account-changes', component: () => import('./account-changes.vue') },
      ]),
      ...pagesOf('contactsSync', [
        { path: '/contacts/sync', name: 'contacts-sync', component: () => import('./contacts-sync.vue') },
      ]),
      { path: '/sessions', name: 'sessions', component: () => import('./sessions.vue') },
      { path: '/set-up', name: 'set-up', component: () => import('./set-up.vue'), meta: { open: true } },
      ...pagesOf('system', [{ path: '/system', name: 'system', component: () => import('./system-check.vue') }]),
      ...pagesOf('contactCodes', [
        { path: '/contact-codes', name: 'contact-codes', component: () => import('./contact-codes.vue') },
        { path: '/contact-codes/new', name: 'contact-code-new', component: () => import('./contact-code-new.vue') },
        { path: '/contact-codes/welcome', name: 'contact-welcome', component: () => import('./contact-welcome.vue') },
        {
          path: '/contact-codes/:codeId',
          name: 'contact-code',
          component: () => import('./contact-code.vue'),
          props: true,
        },
        {
          path: '/contact-codes/:codeId/poster',
          name: 'contact-code-poster',
          component: () => import('./contact-code-poster.vue'),
          props: true,
        },
      ]),
      ...pagesOf('reports', [{ path: '/reports', name: 'reports', component: () => import('./reports.vue') }]),
      ...pagesOf('audit', [{ path: '/audit', name: 'audit', component: () => import('./audit-trail.vue') }]),
      ...pagesOf('people', [
        { path: '/people', name: 'people', component: () => import('./people-list.vue') },
        { path: '/people/:personId', name: 'person', component: () => import('./person.vue'), props: true },
      ]),
      ...pagesOf('policy', [{ path: '/policy', name: 'policy', component: () => import('./policy.vue') }]),
      ...pagesOf('company', [{ path: '/company', name: 'company', component: () => import('./company.vue') }]),
      ...pagesOf('settings', [
        { path: '/settings', name: 'settings', component: () => import('./settings.vue') },
        { path: '/settings/webhooks', name: 'webhooks', component: () => import('./webhooks.vue') },
        { path: '/settings/webhooks/new', name: 'webhook-new', component: () => import('./webhook-new.vue') },
        {
          path: '/settings/webhooks/:webhookId',
          name: 'webhook',
          component: () => import('./webhook.vue'),
          props: true,
        },
      ]),
      ...pagesOf('vault', [
        { path: '/vault', name: 'vault', component: () => import('./vault.vue') },
        { path: '/vault/mapping', name: 'vault-mapping', component: () => import('./vault-mapping.vue') },
      ]),
      { path: '/:rest(.*)*', redirect: '/home' },
    ],
  })
}

/** Pages of one place: which is marked in the bar and named in the title. */
function pagesOf(place: PlaceName, routes: RouteRecordRaw[]): RouteRecordRaw[] {
  return routes.map((route) => ({ ...route, meta: { place } }))
}
