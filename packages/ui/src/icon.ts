import { h, type FunctionalComponent, type PropType } from 'vue'
import './icon.css'
import { icons, type IconName } from './icons.ts'

type Props = { name: IconName; size?: string; filled?: boolean }

/** Decoration beside words; whoever uses it alone gives the name elsewhere. A plain function, because a list has dozens. */
export const Icon: FunctionalComponent<Props> = ({ name, size = '1.25em', filled = false }) =>
  h(
    'svg',
    { class: 'icon', viewBox: '0 0 24 24', width: size, height: size, 'aria-hidden': 'true', focusable: 'false' },
    h('path', { d: icons[name], fill: filled ? 'currentColor' : 'none' }),
  )
Icon.props = { name: { type: String as PropType<IconName>, required: true }, size: String, filled: Boolean }
