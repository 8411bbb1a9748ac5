import { BarChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TitleComponent, TooltipComponent } from 'echarts/components'
import { init, use, type ECharts } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import type { Drawing } from './report-figures.ts'

use([BarChart, AriaComponent, GridComponent, LegendComponent, TitleComponent, TooltipComponent, CanvasRenderer])

/** In the order of the series: who vouches most first; patterns tell them apart without colour. */
const tones = ['--ok', '--brand', '--warn', '--bad', '--fg-2', '--info', '--doctor', '--field', '--fg']
const rowHeight = 34

/** A chart in an element that is drawn again when the element, the colours of the system or what it shows change. */
export function createChart(element: HTMLElement) {
  let chart: ECharts | undefined
  let shown: Drawing | undefined
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const resized = new ResizeObserver(() => again())

  function draw(drawing: Drawing): void {
    shown = drawing
    element.style.height = `${heightOf(drawing)}px`
    chart ??= init(element)
    chart.resize()
    chart.setOption(optionOf(drawing, { style: getComputedStyle(element), width: element.clientWidth }), true)
  }
  function again(): void {
    if (shown) draw(shown)
  }
  dark.addEventListener('change', again)
  resized.observe(element)

  /** The chart under a heading of its own, as PNG. */
  function picture(title: string): string {
    if (!chart || !shown) throw new Error('nothing is drawn')
    const style = getComputedStyle(element)
    const top = 32
    const { grid } = optionOf(shown, { style, width: element.clientWidth })
    chart.setOption({ title: { show: true, text: title }, grid: { top: grid.top + top }, legend: { top } })
    const url = chart.getDataURL({
      type: 'png',
      pixelRatio: 2,
      backgroundColor: style.getPropertyValue('--card').trim(),
    })
    draw(shown)
    return url
  }

  function end(): void {
    dark.removeEventListener('change', again)
    resized.disconnect()
    chart?.dispose()
  }

  return { draw, picture, end }
}

const heightOf = ({ across, categories, series, stack }: Drawing): number =>
  across ? 140 + categories.length * (stack ? rowHeight : Math.max(rowHeight, series.length * 16)) : 340

/** Names of the series wrap; how many lines they take is judged by their length. */
function legendHeight(series: Drawing['series'], width: number): number {
  if (series.length < 2) return 8
  const widths = series.map(({ name }) => 44 + [...name].reduce((sum, sign) => sum + (sign < '\u2000' ? 7.5 : 13), 0))
  let [lines, used] = [1, 0]
  for (const one of widths) {
    if (used > 0 && used + one > width - 16) [lines, used] = [lines + 1, 0]
    used += one
  }
  return 18 + lines * 24
}

type Look = { style: CSSStyleDeclaration; width: number }

function optionOf({ categories, series, stack, across }: Drawing, { style, width }: Look) {
  const tone = (name: string): string => style.getPropertyValue(name).trim()
  const text = { color: tone('--fg'), fontFamily: style.fontFamily, fontSize: 13 }
  const category = {
    ...{ type: 'category', data: categories, inverse: across, axisTick: { show: false } },
    axisLabel: {
      ...text,
      color: tone('--fg-2'),
      ...(across ? { width: width < 480 ? 92 : 160, overflow: 'truncate' } : { hideOverlap: true }),
    },
    axisLine: { lineStyle: { color: tone('--field') } },
  }
  const value = {
    ...{ type: 'value', minInterval: 1, axisLabel: { ...text, color: tone('--fg-2') } },
    splitLine: { lineStyle: { color: tone('--line') } },
  }
  return {
    animation: false,
    // Its own words would be English; the element says what it is, the table what it shows.
    aria: { enabled: true, label: { enabled: false }, decal: { show: series.length > 1 } },
    textStyle: text,
    title: { show: false, left: 8, top: 4, textStyle: { ...text, fontSize: 15 } },
    legend: {
      show: series.length > 1,
      top: 4,
      textStyle: text,
    },
    // Drawn on the canvas: markup of its own would need styles the page's policy may refuse.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      axisPointer: { type: 'shadow' },
      backgroundColor: tone('--card'),
      borderColor: tone('--field'),
      textStyle: text,
    },
    grid: { left: 8, right: 24, top: legendHeight(series, width), bottom: 8, containLabel: true },
    ...(across ? { xAxis: value, yAxis: category } : { xAxis: category, yAxis: value }),
    series: series.map(({ name, values }, place) => ({
      ...{ type: 'bar', name, data: values, barMaxWidth: 28, ...(stack ? { stack: 'one' } : {}) },
      itemStyle: { color: tone(tones[place % tones.length]!), borderColor: tone('--card'), borderWidth: stack ? 1 : 0 },
    })),
  }
}
