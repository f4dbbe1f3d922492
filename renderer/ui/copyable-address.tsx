import classes from './copyable-address.module.css'
import { CopyButton } from './copy-button.tsx'

/** An e-mail address or host name that can be copied with one click. `name` is shown before it when known. */
export function CopyableAddress(props: { readonly address: string; readonly name?: string }) {
  return (
    <span className={classes.root}>
      {props.name !== undefined && props.name !== '' && <bdi className={classes.name}>{props.name}</bdi>}
      <bdi className={classes.address}>{props.address}</bdi>
      <CopyButton text={props.address} what={props.address} />
    </span>
  )
}
