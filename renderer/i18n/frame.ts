/** Words of the frame: rail, palette, job centre, connectivity, theme. */
export const frameWords = {
  skip: 'Skip to the content',
  rail: 'Places',
  find: 'Find',
  findWhat: 'Find a place, person, ticket or command',
  findNothing: 'Nothing matches.',
  findSearching: 'Searching …',
  findFailed: (source: string) => `${source} could not be searched.`,
  places: 'Places',
  commands: 'Commands',
  shortcuts: 'Show the keyboard shortcuts',
  notFoundTitle: 'There is nothing at this address',
  notFoundText: 'The page may have been moved or deleted.',
  goToday: 'Go to Today',
  failureTitle: 'This screen failed',
  tools: 'Work, connection and appearance',
} as const

/** Words of the connectivity indicator: what is true, and what still works. */
export const connectivityWords = {
  title: 'Connection',
  online: {
    word: 'Online',
    sentence: 'Mail Desk answers and this computer has a network.',
    works: 'Whether a mail server can be reached is found by a diagnosis.',
  },
  offline: {
    word: 'Offline',
    sentence: 'This computer has no network.',
    works:
      'Tickets, archives, settings and the practice company work. Diagnoses, archiving and sending wait for the network.',
  },
  unknown: {
    word: 'Unknown',
    sentence: 'Mail Desk answers, but could not say whether this computer has a network.',
    works: 'Everything can be tried; the answers will show what works.',
  },
  connecting: {
    word: 'Starting',
    sentence: 'Waiting for Mail Desk to answer.',
    works: 'Screens fill as soon as it does.',
  },
  disconnected: {
    word: 'No answer',
    sentence: 'Mail Desk’s own program does not answer.',
    works:
      'What is on screen may be out of date. It is tried again by itself. If the program was started again, open the link that it printed.',
  },
} as const

/** Words of the theme and density switch. */
export const appearanceWords = {
  title: 'Appearance',
  theme: 'Theme',
  density: 'Density',
  schemes: { auto: 'Auto', light: 'Light', dark: 'Dark' },
  useTheme: { auto: 'Follow the system’s theme', light: 'Use the light theme', dark: 'Use the dark theme' },
  useDensity: { comfortable: 'Use comfortable rows', compact: 'Use compact rows' },
  densities: { comfortable: 'Comfortable', compact: 'Compact' },
} as const
