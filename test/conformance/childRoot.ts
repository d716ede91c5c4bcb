import { systems } from './systems.ts'

/** Root of a fake upstream in a process of its own, so that it can be stopped as a whole. Takes the system's name. */
const bench = systems[process.argv[2] ?? '']
if (bench === undefined) throw new Error(`There is no bench for the system ${process.argv[2] ?? ''}.`)
const fake = await bench.serve()
process.on('message', (n: number) => {
  fake.sayGood(n)
})
process.on('disconnect', () => process.exit(0))
process.send?.(fake.url)
