import * as ww from '@wecom/jssdk'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createRouter, createWebHashHistory, RouterView } from 'vue-router'
import BareList from './BareList.vue'

/** What a list costs with the customer's stack and nothing of ours; the whole of WeCom's SDK stays in. */
Object.assign(window, { ww })
const router = createRouter({ history: createWebHashHistory(), routes: [{ path: '/', component: BareList }] })
createApp(RouterView).use(createPinia()).use(router).mount('#app')
