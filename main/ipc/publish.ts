import { EventEmitter } from 'node:events'
import { events } from '../../core/contract/index.ts'
import type { Publish } from '../../core/contract/index.ts'

/** Hears every event, whatever its name. Returns the way to stop. */
export type Subscribe = (listener: (name: string, payload: unknown) => void) => () => void

/** Where features publish and faces listen. Payloads are parsed: an undeclared field cannot leave. */
export function createEvents(): { readonly publish: Publish; readonly subscribe: Subscribe } {
  const emitter = new EventEmitter<{ event: [name: string, payload: unknown] }>().setMaxListeners(0)
  return {
    publish: (name, payload) => {
      const schema = events.get(name)
      if (schema === undefined) throw new Error(`No event named ${name}`)
      emitter.emit('event', name, schema.parse(payload))
    },
    subscribe: (listener) => {
      emitter.on('event', listener)
      return () => emitter.off('event', listener)
    },
  }
}
