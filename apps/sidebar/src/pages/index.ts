import { createRouter, createWebHashHistory, type Router } from 'vue-router'
import ContentList from './content-list.vue'

/**
 * Addresses live behind the hash, so that the page keeps the one address WeCom signed. A piece looked at is
 * `?piece=`, so that "back" on the phone closes it. Whatever else comes, such as `#wechat_redirect`, is the start.
 */
export function createPages(): Router {
  return createRouter({
    history: createWebHashHistory(),
    routes: [
      { path: '/', name: 'content', component: ContentList },
      { path: '/phrases', name: 'phrases', component: ContentList },
      { path: '/history', name: 'history', component: () => import('./history-list.vue') },
      { path: '/:rest(.*)*', redirect: { name: 'content' } },
    ],
  })
}
