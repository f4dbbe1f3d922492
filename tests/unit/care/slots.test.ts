import { expect, test } from 'vitest'
import { createSlots } from '../../../main/features/care/slots.ts'

test('so many work at once, the others in the order in which they came; one that gives up holds nobody up', async () => {
  const slots = createSlots(2)
  const signal = new AbortController().signal
  const impatient = new AbortController()
  const order: string[] = []
  const gates = new Map<string, PromiseWithResolvers<void>>()
  const start = (name: string, until = signal) => {
    const gate = Promise.withResolvers<void>()
    gates.set(name, gate)
    return slots.use(until, () => {
      order.push(name)
      return gate.promise
    })
  }
  const all = [start('a'), start('b')]
  const gaveUp = start('c', impatient.signal)
  all.push(start('d'))
  impatient.abort(new Error('enough'))
  await expect(gaveUp).rejects.toThrow('enough')
  gates.get('a')?.resolve()
  await all[0]
  gates.get('b')?.resolve()
  gates.get('d')?.resolve()
  await Promise.all(all)
  expect(order).toEqual(['a', 'b', 'd'])
})
