const shanghai = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString()

/** 2026-11-21, as a Shanghai calendar has it. */
export const day = (at: Date): string => shanghai(at).slice(0, 10)

/** 2026-11-21 14:05, Shanghai. */
export const minute = (at: Date): string => shanghai(at).slice(0, 16).replace('T', ' ')
