/**
 * Where a worker's code is: beside its caller's sources when run by Node from a checkout, beside the bundle
 * when built. `source` is relative to the repository, `bundled` the entry's name in `out/main`.
 */
export function workerUrl(source: string, bundled: string): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL(`../../${source}`, import.meta.url)
    : new URL(`./${bundled}.js`, import.meta.url)
}
