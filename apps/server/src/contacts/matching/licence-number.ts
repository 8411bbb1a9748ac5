/** What is given as a licence number is none: a qualification's number holds the citizen's id, or the shape is another. */
type LicenceProblem = 'qualification_number' | 'wrong_shape'

/**
 * A licence number has 15 characters; nothing is read out of them. One of 24 or 27 is a qualification's and holds a
 * citizen's id, which nobody keeps.
 */
export function checkLicence(text: string): LicenceProblem | undefined {
  if (/^[\dXx]{24}$|^[\dXx]{27}$/.test(text)) return 'qualification_number'
  return /^[A-Za-z0-9-]{15}$/.test(text) ? undefined : 'wrong_shape'
}

/** A citizen's id, or what holds one, has no place in any words. */
export const holdsCitizenId = (text: string): boolean => /\d{17}/.test(text.replace(/[\s-]/g, ''))
