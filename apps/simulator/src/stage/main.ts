import '@vouch/ui/tokens.css'
import './stage.css'
import { createApp } from 'vue'
import App from './App.vue'

createApp(App).mount('#stage')
