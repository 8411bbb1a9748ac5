import { h, type FunctionalComponent, type PropType } from 'vue'
import './badge.css'
import { Icon } from './icon.ts'
import type { IconName } from './icons.ts'
import type { Tone } from './tone.ts'

const signs: Record<Tone, IconName | null> = {
  ok: 'check',
  warn: 'alert',
  bad: 'cross',
  info: 'info',
  stale: 'wave',
  unknown: 'question',
  neutral: null,
}

/** A state in one word: sign, word and colour together, never colour alone. */
export const Badge: FunctionalComponent<{ tone?: Tone }> = ({ tone = 'neutral' }, { slots }) => {
  const sign = signs[tone]
  return h('span', { class: `badge badge-${tone}` }, [
    sign && h(Icon, { name: sign, size: '1em' }),
    slots['default']?.(),
  ])
}
Badge.props = { tone: String as PropType<Tone> }
