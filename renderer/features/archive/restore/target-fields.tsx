import type { ExportFormat } from '../../../../core/archive/types.ts'
import type { RestoreTarget } from '../../../../core/restore/types.ts'
import { restoreFormWords as words } from '../../../i18n/restore.ts'
import { Choice, SelectField, TextField } from '../../../ui/index.ts'
import { MailboxField } from '../../accounts/index.tsx'

/** What was chosen so far of a target. */
export interface TargetChoice {
  readonly kind: RestoreTarget['kind']
  readonly mailboxId: string | null
  readonly path: string
  readonly format: ExportFormat
}

/** Nothing chosen yet. */
export const noTarget: TargetChoice = { kind: 'mailbox', mailboxId: null, path: '', format: 'eml' }

const formats: readonly ExportFormat[] = ['eml', 'mboxrd', 'maildir']

/** The target, once enough was chosen. */
export function targetOf({ kind, mailboxId, path, format }: TargetChoice): RestoreTarget | null {
  if (kind === 'mailbox') return mailboxId === null ? null : { kind, mailboxId }
  return path.trim() === '' ? null : { kind, format, path: path.trim() }
}

/** Chooses a mailbox, or a folder on this computer and a format. */
export function TargetFields(props: {
  readonly value: TargetChoice
  readonly onChange: (value: TargetChoice) => void
}) {
  const { value } = props
  const change = (part: Partial<TargetChoice>) => props.onChange({ ...value, ...part })
  return (
    <>
      <Choice
        label={words.where}
        labelled
        value={value.kind}
        onChange={(kind) => change({ kind })}
        options={[
          { value: 'mailbox', label: words.targets.mailbox },
          { value: 'files', label: words.targets.files },
        ]}
      />
      {value.kind === 'mailbox' ? (
        <MailboxField
          label={words.mailbox}
          hint={words.mailboxHint}
          placeholder={words.mailboxPlaceholder}
          none={words.noMailbox}
          value={value.mailboxId}
          error={null}
          onChange={(mailboxId) => change({ mailboxId })}
        />
      ) : (
        <>
          <TextField
            label={words.path}
            hint={words.pathHint}
            required
            value={value.path}
            error={null}
            onChange={(path) => change({ path })}
          />
          <SelectField
            label={words.format}
            value={value.format}
            error={null}
            onChange={(format) => change({ format: format ?? 'eml' })}
            options={formats.map((format) => ({ value: format, label: words.formats[format] }))}
          />
        </>
      )}
    </>
  )
}
