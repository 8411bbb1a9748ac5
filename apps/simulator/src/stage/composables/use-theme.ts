import { ref, watch } from 'vue'

export type Theme = 'system' | 'light' | 'dark'

const dark = '(prefers-color-scheme: dark)'

/**
 * The tokens follow the system; another choice rewrites the condition of their dark rules. Frames take the colour
 * scheme of the element they stand in.
 */
export function useTheme() {
  const theme = ref<Theme>((sessionStorage.getItem('theme') as Theme | null) ?? 'system')
  watch(
    theme,
    (chosen) => {
      sessionStorage.setItem('theme', chosen)
      document.documentElement.style.colorScheme = chosen === 'system' ? '' : chosen
      for (const rule of darkRules()) rule.media.mediaText = { system: dark, light: 'not all', dark: 'all' }[chosen]
    },
    { immediate: true },
  )
  return theme
}

let found: CSSMediaRule[] | null = null

function darkRules(): CSSMediaRule[] {
  found ??= [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSMediaRule)
    .filter((rule) => /prefers-color-scheme:\s*dark/.test(rule.conditionText))
  return found
}
