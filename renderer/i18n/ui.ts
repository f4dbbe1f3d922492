/** Words of the design system. */
export const verdictWords = {
  pass: 'Pass',
  warning: 'Warning',
  fail: 'Fail',
  unknown: 'Unknown',
  not_applicable: 'Not applicable',
  waiting: 'Waiting',
  running: 'Running',
} as const

export const uiWords = {
  appName: 'Mail Desk',
  loading: 'Loading',
  retry: 'Try again',
  copied: 'Copied',
  copyOf: (what: string) => `Copy ${what}`,
  cancel: 'Cancel',
  close: 'Close',
  details: 'Details',
  moveBorder: 'Border between two columns',
  undo: 'Undo',
  errorId: (id: string) => `Error ${id}`,
  asOf: 'As of',
  staleFailed: 'The last refresh failed, so this may be out of date.',
  whoMustAct: 'Who must act',
  whatToDo: 'What to do now',
  howMany: 'How many',
  cannotBeUndone: 'What cannot be undone',
  wayBack: 'The way back',
  typeToConfirm: (word: string) => `Type ${word} to confirm`,
  target: (text: string) => `Target ${text}`,
  ruleOf: (what: string) => `How “${what}” is computed`,
  notMeasured: 'Not measured',
  shortcuts: 'Keyboard shortcuts',
  required: 'Fill this in.',
  then: 'then',
  unexpected: 'Something went wrong inside Mail Desk.',
  unexpectedNext: 'Try again. If it happens again, send the log from Settings to support.',
  select: 'Select',
} as const

/** Groups and keys of shortcuts that the design system itself answers. */
export const shortcutWords = {
  general: 'Everywhere',
  list: 'In a list',
  palette: 'Find a place, person, ticket or command',
  help: 'Show these shortcuts',
  next: 'Next',
  previous: 'Previous',
  select: 'Select or deselect',
  goTo: (place: string) => `Go to ${place}`,
} as const

/** What the keys under a list do, in a word each. */
export const keyHintWords = {
  move: 'move',
  open: 'open',
  select: 'select',
  find: 'find',
  all: 'all keys',
} as const
