import '@vouch/ui/tokens.css'
import '@vouch/ui/base.css'
import './page.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { createPages } from './pages/index.ts'
import { useSession } from './state/session.ts'
import { placeBefore } from './sign-in.ts'
import { firstLanguage, speak } from './text/index.ts'

/** Longest wait for the first answer before the page is drawn without it; until then index.html shows its outline. */
const patienceMs = 300

/** Lets the phone answer a touch between two long pieces of work. */
const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

async function start(): Promise<void> {
  await speak(firstLanguage())
  await breath()
  const pinia = createPinia()
  const pages = createPages()
  const place = placeBefore()
  const read = useSession(pinia).begin()
  if (place) await pages.replace(place)
  await Promise.race([read, new Promise((resolve) => setTimeout(resolve, patienceMs))])
  createApp(App).use(pinia).use(pages).mount('#app')
}

void start()
