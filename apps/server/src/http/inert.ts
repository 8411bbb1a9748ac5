/**
 * A doctor's page with nothing on it that acts: a link that leads away from it leads to a place that is not there and says
 * that it does nothing, so does a button, and a form has no address. All else is left to the byte, so that it looks as it
 * will. Vue writes attributes in double quotes and escapes what stands in them, and words never hold a tag, so a tag ends
 * at its first `>`.
 */
export function makeInert(page: string): string {
  return page
    .replaceAll(/<a\b([^>]*) href="(?!#)[^"]*"/g, '<a$1 href="#nowhere" aria-disabled="true"')
    .replaceAll(/(<a\b[^>]*) download(?=[ >])/g, '$1')
    .replaceAll(/<form\b([^>]*) action="[^"]*"/g, '<form$1')
    .replaceAll(/<button\b/g, '<button aria-disabled="true"')
}
