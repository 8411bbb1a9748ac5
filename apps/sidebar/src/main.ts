import '@vouch/ui/tokens.css'
import '@vouch/ui/base.css'
import './page.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { createPages } from './pages/index.ts'
import { placeBefore } from './sign-in.ts'
import { firstLanguage, speak } from './text/index.ts'

async function start(): Promise<void> {
  await speak(firstLanguage())
  const pages = createPages()
  const place = placeBefore()
  if (place) await pages.replace(place)
  createApp(App).use(createPinia()).use(pages).mount('#app')
}

void start()
