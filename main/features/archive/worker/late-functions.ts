import type { ThreadFunctions } from './thread.ts'

/** The same functions, each with a promise of its result. */
type Late<F extends ThreadFunctions> = {
  readonly [N in keyof F]: (...args: Parameters<F[N]>) => Promise<Awaited<ReturnType<F[N]>>>
}

/**
 * A group of a thread's functions whose code is loaded when the first of them is called: a thread that pulls needs
 * neither zip nor age. `names` names all of them, as the compiler sees to.
 */
export function lateFunctions<F extends ThreadFunctions>(
  names: Readonly<Record<keyof F & string, true>>,
  load: () => Promise<F>,
): Late<F> {
  let loading: Promise<F> | null = null
  const call =
    (name: string) =>
    async (...args: never[]): Promise<unknown> => {
      const group = await (loading ??= load())
      return (group[name] as ((...all: never[]) => unknown) | undefined)?.(...args)
    }
  return Object.fromEntries(Object.keys(names).map((name) => [name, call(name)])) as unknown as Late<F>
}
