import { serveFloors } from './floors.ts'

/** Its own process, as the product has one, so that both sides share the machine in the same way. */
const { port } = await serveFloors(process.argv[2] ?? '', 'CN')
console.log(`listening ${port}`)
