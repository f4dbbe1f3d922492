import { useState } from 'react'
import type { ReactNode } from 'react'
import type { EncryptionStatus } from '../../../../core/archive/keys.ts'
import type { ArchiveSummary } from '../../../../core/archive/types.ts'
import { keyWords as words } from '../../../i18n/archive-keys.ts'
import { Button, Facts, Group, Panel, Stack, StateBadge } from '../../../ui/index.ts'
import { KeyDialogs } from './key-dialogs.tsx'
import type { KeyDialogName } from './key-dialogs.tsx'

/** Whether an archive is encrypted, under which keys, and what can be done about them. */
export function KeysPanel(props: { readonly archive: ArchiveSummary }) {
  const { archive } = props
  const [dialog, setDialog] = useState<KeyDialogName | null>(null)
  const { encryption } = archive
  const acts: readonly (readonly [KeyDialogName, string])[] =
    encryption === null
      ? [['encrypt', words.encryptAct]]
      : [
          ['test', words.test],
          ['renew', words.renew],
          ['rotate', words.rotate],
        ]
  return (
    <Panel title={words.panel} aside={<EncryptionBadge encryption={encryption} />}>
      <Stack gap="sm">
        {encryption === null ? <p>{words.notEncryptedHint}</p> : <Facts facts={factsOf(encryption)} />}
        <Group gap="xs">
          {acts.map(([name, label]) => (
            <Button key={name} onClick={() => setDialog(name)}>
              {label}
            </Button>
          ))}
        </Group>
      </Stack>
      <KeyDialogs archive={archive} opened={dialog} onClose={() => setDialog(null)} />
    </Panel>
  )
}

/** "Encrypted", or plainly that it is not. */
function EncryptionBadge(props: { readonly encryption: EncryptionStatus | null }) {
  const { encryption } = props
  if (encryption === null) return <StateBadge state="unknown">{words.notEncrypted}</StateBadge>
  const isNoted = encryption.recovery !== null && encryption.recovery.notedAtMs !== null
  return <StateBadge state={isNoted ? 'pass' : 'warning'}>{words.encrypted}</StateBadge>
}

function factsOf(encryption: EncryptionStatus): readonly (readonly [string, ReactNode])[] {
  const { sinceMs, keyPlace, dataKey, recovery } = encryption
  const { facts } = words
  return [
    [facts.state, facts.since(sinceMs)],
    [facts.place, keyPlace === null ? facts.noPlace : facts.places[keyPlace]],
    ...(dataKey === null
      ? []
      : [[facts.dataKey, facts.dataKeyOf(dataKey.keyId, dataKey.createdAtMs)] as const]),
    ...(recovery === null ? [] : [[facts.recovery, recoveryLine(recovery)] as const]),
  ]
}

function recoveryLine(recovery: NonNullable<EncryptionStatus['recovery']>): string {
  const { createdAtMs, notedAtMs, testedAtMs } = recovery
  const { facts } = words
  return [
    facts.recoveryOf(createdAtMs),
    notedAtMs === null ? facts.notNoted : facts.noted(notedAtMs),
    testedAtMs === null ? facts.neverTested : facts.tested(testedAtMs),
  ].join(', ')
}
