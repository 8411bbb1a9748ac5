import { expect, test } from 'vitest'
import { mappingSample } from '../test/vault-samples.ts'
import { differing, formOf, mappingOf, merged, readForm, settingGroups, settings } from './vault-form.ts'

test('a mapping goes into the form and comes out as it was', () => {
  expect(readForm(formOf(mappingSample))).toEqual({ words: mappingSample })
  const unlimited = { ...mappingSample, signatureDays: 90, documentTypes: [] }
  expect(readForm(formOf(unlimited))).toEqual({ words: unlimited })
})

test('every setting stands in the form once', () => {
  expect(Object.values(settingGroups).flat().toSorted()).toEqual(settings.toSorted())
})

test('empty lines and pairs are nothing, and spaces around a value are not part of it', () => {
  const form = formOf(mappingSample)
  form.channelValues = ' WeCom \n\n'
  form.products = [
    { from: ' 00P1 ', to: 'EXMAB' },
    { from: '', to: 'EXTIN' },
  ]
  expect(mappingOf(form)).toMatchObject({ channelValues: ['WeCom'], products: ['00P1=EXMAB'] })
  expect(differing(form, formOf(mappingSample))).toEqual(['products'])
})

test('what is missing or of the wrong form is told setting by setting', () => {
  const form = { ...formOf(null), approvers: 'two', brakePerMinute: '' }
  expect(readForm(form)).toEqual({
    faults: {
      ...{ channelField: 'bad_shape', channelValues: 'bad_shape', sendableStates: 'bad_shape' },
      ...{
        classField: 'bad_shape',
        signatureMeanings: 'bad_shape',
        approvers: 'bad_shape',
        brakePerMinute: 'bad_shape',
      },
    },
  })
  const hostile = { ...formOf(mappingSample), channelField: "channel__c' OR 'a'='a" }
  expect(readForm(hostile)).toEqual({ faults: { channelField: 'bad_shape' } })
})

test('what somebody else saved is taken over, and what was typed stays on top of it', () => {
  const base = formOf(mappingSample)
  const mine = { ...base, approvers: '3', channelValues: 'WeCom\nDoctors' }
  const theirs = { ...base, approvers: '4', brakePerMinute: '10' }
  expect(merged(mine, base, theirs)).toMatchObject({
    ...{ approvers: '3', channelValues: 'WeCom\nDoctors', brakePerMinute: '10' },
  })
})
