/**
 * A function whose module is loaded when it is first called. For adapters that stand on a large library (a mail
 * client takes 10 MB), so that a command only loads what it uses.
 */
export function late<A extends readonly unknown[], R>(
  load: () => Promise<(...args: A) => Promise<R>>,
): (...args: A) => Promise<R> {
  return async (...args) => (await load())(...args)
}
