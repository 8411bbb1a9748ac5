/** A local administrator is a person without WeCom; no member's user id can begin so (wecom-platform.md 2.2). */
export const localPrefix = 'local:'

export const isLocal = (person: { wecomUserId: string }): boolean => person.wecomUserId.startsWith(localPrefix)
