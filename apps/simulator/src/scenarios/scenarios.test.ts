import { expect, test } from 'vitest'
import { world } from '../../cast/world.ts'
import { buildSimulator } from '../../test/build-simulator.ts'
import { castFrom } from '../cast.ts'
import { chooseScenario } from '../control/choose.ts'
import { createSimulator } from '../simulator.ts'
import { scenarios } from './scenarios.ts'

const codes =
  `normal first-contact no-consent invited declined withdrawn consent-outdated unmatched same-name out-of-territory
  cap-near cap-reached quiet-hours expiring expired recalled superseded resend group workbench chat-switch offline slow signature
  cancel refused unknown old-client further-device wrong-reader snapshot empty`.split(/\s+/)

test.each(codes)('the state %s has an address', (code) => {
  expect(scenarios.filter((scenario) => scenario.code === code)).toHaveLength(1)
})

test.each(scenarios)('in $code the rep follows the doctor, and both are in the cast', (scenario) => {
  const now = Date.now()
  const simulator = createSimulator(buildSimulator().config, castFrom(world, now), () => now)
  chooseScenario(simulator, scenario.code)
  expect(simulator.store.session).toMatchObject({ rep: scenario.rep, hcp: scenario.hcp, entry: scenario.entry })
  const follows = simulator.store.follows.some(
    (one) => one.userid === scenario.rep && one.externalUserid === scenario.hcp,
  )
  expect(follows).toBe(true)
})
