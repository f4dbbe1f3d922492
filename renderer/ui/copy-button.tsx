import { ActionIcon, CopyButton as MantineCopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { uiWords } from '../i18n/ui.ts'

/** Copies a text with one click and says so. `what` names it: "the address". */
export function CopyButton(props: { readonly text: string; readonly what: string }) {
  return (
    <MantineCopyButton value={props.text} timeout={1500}>
      {({ copied, copy }) => (
        <ActionIcon
          size="sm"
          aria-label={copied ? uiWords.copied : uiWords.copyOf(props.what)}
          title={copied ? uiWords.copied : uiWords.copyOf(props.what)}
          onClick={(event) => {
            event.stopPropagation()
            copy()
          }}
        >
          {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        </ActionIcon>
      )}
    </MantineCopyButton>
  )
}
