import { settingsWords as words } from '../../i18n/settings.ts'
import { signingWords } from '../../i18n/signing.ts'
import { useQueryOf } from '../../ipc/index.ts'
import {
  AppearanceChoices,
  CopyButton,
  Facts,
  MachineText,
  Page,
  Panel,
  QueryView,
  Stack,
} from '../../ui/index.ts'
import { OperatorForm } from './operator-form.tsx'
import { RepliesForm } from './replies-form.tsx'
import { SecretsPanel } from './secrets-panel.tsx'
import { SigningPanel } from './signing-panel.tsx'
import classes from './settings-page.module.css'

/** Who works here, how it looks, where passwords are, which mailbox answers, and what this installation is. */
export function SettingsPage() {
  const settings = useQueryOf('settings.get', {})
  const status = useQueryOf('desk.status', {})
  const signing = useQueryOf('signing.status', {})
  return (
    <Page title={words.title} lead={words.lead} width="reading">
      <Stack gap="md">
        <Panel title={words.you}>
          <QueryView query={settings} rows={2}>
            {(data) => <OperatorForm name={data.operatorName} email={data.operatorEmail} />}
          </QueryView>
        </Panel>
        <Panel title={words.appearance}>
          <div className={classes.narrow}>
            <AppearanceChoices />
          </div>
        </Panel>
        <Panel title={words.secrets}>
          <QueryView query={status} rows={3}>
            {(data) => <SecretsPanel store={data.secretStore} />}
          </QueryView>
        </Panel>
        <Panel title={signingWords.title}>
          <QueryView query={signing} rows={3}>
            {(data) => <SigningPanel signing={data} />}
          </QueryView>
        </Panel>
        <Panel title={words.replies}>
          <QueryView query={settings} rows={1}>
            {(data) => <RepliesForm mailboxId={data.helpdeskMailboxId} />}
          </QueryView>
        </Panel>
        <Panel title={words.installation}>
          <QueryView query={status} rows={4}>
            {(data) => (
              <Facts
                facts={[
                  [words.version, data.version],
                  [words.dataDir, <Path key="dir" text={data.dataDir} />],
                  [words.machine, <MachineText key="id">{data.machineId}</MachineText>],
                  [words.platform, data.platform],
                ]}
              />
            )}
          </QueryView>
        </Panel>
      </Stack>
    </Page>
  )
}

function Path(props: { readonly text: string }) {
  return (
    <span className={classes.path}>
      <MachineText>{props.text}</MachineText>
      <CopyButton text={props.text} what={props.text} />
    </span>
  )
}
