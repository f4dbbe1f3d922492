import '@mantine/spotlight/styles.layer.css'
import { Spotlight, spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { frameWords } from '../i18n/frame.ts'
import type { PaletteItem, Place } from '../ui/index.ts'
import { matchesText, useFound } from './palette-search.ts'
import classes from './palette.module.css'
import { useAppearanceCommands } from './use-appearance-commands.ts'

/** For the list's scroll area, which takes more than its type says: who does not move through the entries can scroll. */
const scrollsByKeys = { viewportProps: { tabIndex: 0 } }

/** Shows the palette; from the rail and by Ctrl/Cmd+K. */
export function openPalette(): void {
  spotlight.open()
}

/** Reaches every place and command, and what the features' sources find: people, tickets, mailboxes. */
export function Palette(props: { readonly places: readonly Place[]; readonly onHelp: () => void }) {
  const { places } = props
  const [text, setText] = useState('')
  const navigate = useNavigate()
  const found = useFound(
    places.flatMap((place) => place.palette ?? []),
    text,
  )
  const placeItems: readonly PaletteItem[] = places.map((place) => ({
    id: place.path,
    label: place.label,
    to: `/${place.path}`,
  }))
  const appearance = useAppearanceCommands()
  const commands: readonly PaletteItem[] = [
    ...places.flatMap((place) => place.commands ?? []),
    ...appearance,
    { id: 'shortcuts', label: frameWords.shortcuts, detail: '?', run: props.onHelp },
  ]
  const groups = [
    { title: frameWords.places, items: placeItems.filter((item) => matchesText(item, text)) },
    ...found.groups,
    { title: frameWords.commands, items: commands.filter((item) => matchesText(item, text)) },
  ].filter((group) => group.items.length > 0)
  const choose = (item: PaletteItem): void => {
    if (item.to !== undefined) void navigate(item.to)
    item.run?.()
  }
  return (
    <Spotlight.Root
      query={text}
      onQueryChange={setText}
      shortcut={null}
      centered={false}
      yOffset="12vh"
      classNames={{ search: classes.search ?? '', actionsGroup: classes.group ?? '' }}
      scrollable
      maxHeight={440}
      size={600}
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': frameWords.findWhat } }}
      overlayProps={{ backgroundOpacity: 0.25 }}
    >
      <Spotlight.Search
        placeholder={frameWords.findWhat}
        aria-label={frameWords.findWhat}
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList {...scrollsByKeys}>
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group.title} label={group.title}>
            {group.items.map((item) => (
              <Spotlight.Action key={item.id} onClick={() => choose(item)} className={classes.action ?? ''}>
                <span className={classes.label}>{item.label}</span>
                {item.detail !== undefined && <span className={classes.detail}>{item.detail}</span>}
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && (
          <Spotlight.Empty>
            {found.searching ? frameWords.findSearching : frameWords.findNothing}
          </Spotlight.Empty>
        )}
        {found.failed.map((title) => (
          <p key={title} className={classes.failed} role="alert">
            {frameWords.findFailed(title)}
          </p>
        ))}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}
