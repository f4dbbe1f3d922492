import { IconArchive, IconBuildingStore, IconMailPlus } from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import { Link, useNavigate } from 'react-router'
import { welcomeWords } from '../../i18n/welcome.ts'
import { useCommand } from '../../ipc/index.ts'
import { Anchor, Button, ErrorState, Page } from '../../ui/index.ts'
import classes from './welcome-page.module.css'

/** The first screen of an empty desk: three ways in. */
export function WelcomePage() {
  const navigate = useNavigate()
  const practice = useCommand('practice.start')
  const explore = (): void => practice.mutate({}, { onSuccess: () => void navigate('/queue') })
  return (
    <Page title={welcomeWords.title} lead={welcomeWords.lead} width="reading">
      <h2 className={classes.heading}>{welcomeWords.start}</h2>
      <div className={classes.ways}>
        <Way icon={IconMailPlus} words={welcomeWords.connect}>
          <Button component={Link} to="/people?add=1" variant="filled">
            {welcomeWords.connect.action}
          </Button>
        </Way>
        <Way icon={IconBuildingStore} words={welcomeWords.practice}>
          <Button onClick={explore} loading={practice.isPending}>
            {welcomeWords.practice.action}
          </Button>
        </Way>
        <Way icon={IconArchive} words={welcomeWords.open}>
          <Button component={Link} to="/archive?open=1">
            {welcomeWords.open.action}
          </Button>
        </Way>
      </div>
      <div className={classes.foot} role="status">
        {practice.isPending && welcomeWords.practice.starting}
        {practice.error !== null && <ErrorState error={practice.error} onRetry={explore} inline />}
      </div>
      <Anchor component={Link} to="/today" fz="sm">
        {welcomeWords.skip}
      </Anchor>
    </Page>
  )
}

function Way(props: {
  readonly icon: ComponentType<{ readonly size?: number; readonly stroke?: number }>
  readonly words: { readonly title: string; readonly text: string; readonly needs: string }
  readonly children: ReactNode
}) {
  const { icon: Icon, words } = props
  return (
    <section className={classes.way}>
      <Icon size={28} stroke={1.4} aria-hidden />
      <h3 className={classes.title}>{words.title}</h3>
      <p>{words.text}</p>
      <p className={classes.needs}>{words.needs}</p>
      <div className={classes.act}>{props.children}</div>
    </section>
  )
}
