import classes from './search-results.module.css'

/** Plain text with the stretches that were looked for marked. Never HTML: what mail says is text here. */
export function Marked(props: {
  readonly text: string
  readonly hits: readonly (readonly [number, number])[]
}) {
  const { text, hits } = props
  const ends = [0, ...hits.map(([, end]) => end)]
  return (
    <>
      {hits.map(([start, end], n) => (
        <span key={start}>
          {text.slice(ends[n], start)}
          <mark className={classes.hit}>{text.slice(start, end)}</mark>
        </span>
      ))}
      {text.slice(ends.at(-1))}
    </>
  )
}
