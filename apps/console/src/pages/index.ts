import { createRouter, createWebHistory, type Router, type RouterHistory } from 'vue-router'
import SendList from './send-list.vue'

/** Ordinary addresses under `/console/`; the server answers all of them with the same page. */
export function createPages(history: RouterHistory = createWebHistory('/console/')): Router {
  return createRouter({
    history,
    routes: [
      { path: '/sends', name: 'sends', component: SendList },
      { path: '/content', name: 'content', component: () => import('./content-list.vue') },
      { path: '/content/new', name: 'content-new', component: () => import('./content-new.vue') },
      {
        path: '/content/:contentItemId',
        name: 'content-detail',
        component: () => import('./content-detail.vue'),
        props: true,
      },
      { path: '/safety', name: 'safety', component: () => import('./safety-list.vue') },
      { path: '/safety/:reportId', name: 'safety-detail', component: () => import('./safety-detail.vue'), props: true },
      { path: '/contacts/sync', name: 'contacts-sync', component: () => import('./contacts-sync.vue') },
      { path: '/:rest(.*)*', redirect: (to) => ({ name: 'sends', query: to.query }) },
    ],
  })
}
      { path: '/requests', name: 'requests', component: () => import('./hcp-requests.vue') },
