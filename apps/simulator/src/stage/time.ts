const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const seconds = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })

/** 14:05 today, 2026-11-02 on any other day; Shanghai's. */
export function chatTime(ms: number, nowMs: number): string {
  return day.format(ms) === day.format(nowMs) ? clock.format(ms) : day.format(ms)
}

export function minuteTime(ms: number): string {
  return clock.format(ms)
}

export function secondTime(ms: number): string {
  return seconds.format(ms)
}
