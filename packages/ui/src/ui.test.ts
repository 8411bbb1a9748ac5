// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { Badge, Button, SearchField, Tabs } from './index.ts'

test('a badge shows its state by sign and word, never by colour alone', () => {
  const badge = mount(Badge, { props: { tone: 'bad' }, slots: { default: 'Withdrawn' } })
  expect([badge.find('svg').exists(), badge.text()]).toEqual([true, 'Withdrawn'])
})

test('a busy button is pressed in vain, and keeps the focus', async () => {
  const button = mount(Button, { props: { busy: true } })
  await button.trigger('click')
  expect(button.emitted('press')).toBeUndefined()
  expect(button.attributes('disabled')).toBeUndefined()
  expect(button.attributes('aria-busy')).toBe('true')
})

test('a key held down presses a button once', async () => {
  const held = new KeyboardEvent('keydown', { key: 'Enter', repeat: true, cancelable: true })
  mount(Button).element.dispatchEvent(held)
  expect(held.defaultPrevented).toBe(true)
})

test('arrows move through the tabs and round the end', async () => {
  const tabs = [
    { key: 'a', label: 'A' },
    { key: 'b', label: 'B' },
  ]
  const list = mount(Tabs, { props: { tabs, label: 'Tabs', panelId: 'p', modelValue: 'b' } })
  await list.trigger('keydown', { key: 'ArrowRight' })
  expect(list.emitted('update:modelValue')).toEqual([['a']])
  expect(list.findAll('[role=tab]').map((tab) => tab.attributes('tabindex'))).toEqual(['0', '-1'])
})

test('Esc empties the search', async () => {
  const search = mount(SearchField, { props: { label: 'Search', placeholder: '', clear: 'Clear', modelValue: 'pd' } })
  await search.find('input').trigger('keydown', { key: 'Escape' })
  expect(search.emitted('update:modelValue')).toEqual([['']])
})
