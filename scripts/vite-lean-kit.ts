import type { Plugin } from 'vite'

const whole = 'import * as vue from "vue"'
const needed = 'import { useId as vueUseId } from "vue"\nconst vue = { useId: vueUseId }'

/**
 * For the builds of pages that use the sheet. One line of Reka UI 2.11 imports all of Vue to look for one
 * function, which keeps the unused third of Vue in every page (9 kB gz). It is narrowed to that function.
 */
export function leanKit(): Plugin {
  return {
    name: 'vouch-lean-kit',
    transform(code, id) {
      if (!id.split('?')[0]?.endsWith('reka-ui/dist/shared/useId.js')) return null
      return { code: code.replace(whole, needed), map: null }
    },
  }
}
