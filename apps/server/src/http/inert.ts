/**
 * A doctor's page with nothing on it that acts: a link that leads away from it says that it leads nowhere, a form has no
 * address, a button says that it does nothing. All else is left to the byte. Vue writes attributes in double quotes and
 * escapes what stands in them, and words never hold a tag, so a tag ends at its first `>`.
 */
export function makeInert(page: string): string {
  return page
    .replaceAll(/<a\b([^>]*) href="(?!#)[^"]*"/g, '<a$1 role="link" aria-disabled="true"')
    .replaceAll(/<form\b([^>]*) action="[^"]*"/g, '<form$1')
    .replaceAll(/<button\b/g, '<button aria-disabled="true"')
}
