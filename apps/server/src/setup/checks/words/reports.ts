import { both, type Said } from '../check.ts'
import { shown } from './when.ts'

export const reportsWords = {
  never: (): Said => ({
    fact: both('报表还没有统计过', 'nothing has been counted for the reports yet'),
    fix: both(
      '启动服务后等几分钟；还没有，请看后台任务 count-reports',
      'wait some minutes after the server starts; then look at the job count-reports',
    ),
  }),
  late: (until: Date): Said => ({
    fact: both(`报表只统计到 ${shown(until)}`, `the reports are counted until ${shown(until)} only`),
    fix: both(
      '看后台任务 count-reports、count-report-doctors 是否误点，日志里有没有 job failed',
      'see whether the jobs count-reports and count-report-doctors are late, and look for “job failed” in the log',
    ),
  }),
  wrong: (days: readonly string[], at: Date): Said => ({
    fact: both(
      `${shown(at)} 重算时有 ${days.length} 天的数字不一样，已改成重算的`,
      `a recount at ${shown(at)} differed on ${days.length} days; they were put right`,
    ),
    details: days.map((day) => both(day, day)),
    fix: both(
      '没有人直接改过数据库的话，请把日志里的 figures differ from a recount 发给开发者；要用那几天的数字，请重新导出',
      'unless somebody changed the database by hand, send “figures differ from a recount” of the log to the developers; export tables with these days again',
    ),
  }),
  versions: (count: number, at: Date): Said => ({
    fact: both(
      `${shown(at)} 核对时有 ${count} 个版本在内容列表里的数字和各天之和不一样，已改正`,
      `at ${shown(at)} the figures of ${count} versions in the list of content were not the sum of their days; they were put right`,
    ),
    fix: both(
      '没有人直接改过数据库的话，请把日志里的 figures of versions differ 发给开发者',
      'unless somebody changed the database by hand, send “figures of versions differ” of the log to the developers',
    ),
  }),
  fine: (until: Date, days: number): Said => ({
    fact: both(
      `统计到 ${shown(until)}，昨夜重算 ${days} 天都一致`,
      `counted until ${shown(until)}; ${days} days recounted last night are the same`,
    ),
  }),
  unchecked: (until: Date): Said => ({
    fact: both(
      `统计到 ${shown(until)}，今夜三点起第一次重算`,
      `counted until ${shown(until)}; the first recount comes after three at night`,
    ),
  }),
}
