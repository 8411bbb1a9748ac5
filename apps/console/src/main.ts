import '@vouch/ui/tokens.css'
import '@vouch/ui/base.css'
import './page.css'
import './table.css'
import './table-cards.css'
import './contents.css'
import './piece.css'
import './imports.css'
import './print.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { createPages } from './pages/index.ts'
import { firstLanguage, speak } from './text/index.ts'

async function start(): Promise<void> {
  await speak(firstLanguage())
  createApp(App).use(createPinia()).use(createPages()).mount('#app')
}

void start()
