/**
 * The design system. Features take everything from here; Mantine is underneath and stays there, except for the
 * layout primitives at the end.
 *
 *   What is true     StateBadge, StateMark, Verdict · Finding · Ladder, LadderGroup, LadderStep
 *   A screen         Page, Panel, SplitView with ListPane and DetailPane, Facts, Hint, Quiet, Fold
 *   Many things      VirtualList, DataTable, SearchField · StatTile, HistoryStrip
 *   Its states       QueryView (loading, failed, stale, there) · EmptyState, ErrorState, LoadingState, StaleNote
 *   Values           RelativeTime, Bytes, Duration, CopyableAddress, CopyButton, MachineText, ProgressLine, JobLine, useNow
 *   Acting           Button, AddButton, IconButton, ConfirmAct, Dialog, DialogForm, toastDone (with Undo), toastError, toastFailed
 *   Forms            useForm · TextField, SecretField, TextAreaField, NumberField, SelectField, SwitchField, Choice, FieldPair
 *   Keyboard         useHotkeys, KeyCaps, ShortcutsHelp
 *   Around it all    UiProvider, useAppearance, AppearanceChoices · Place, PaletteSource (what a feature gives to the frame)
 *
 * To add a part: one file, a comment on top, a style module of the same name, a line here.
 */

export { lookOf, type StepState, type Verdict } from './verdict.ts'
export { StateBadge } from './state-badge.tsx'
export { StateMark } from './state-mark.tsx'
export { Finding } from './finding.tsx'
export { Ladder, LadderGroup } from './ladder.tsx'
export { LadderStep } from './ladder-step.tsx'

export { Page } from './page.tsx'
export { Panel } from './panel.tsx'
export { SplitView } from './split-view.tsx'
export { ListPane } from './list-pane.tsx'
export { DetailPane } from './detail-pane.tsx'
export { Facts } from './facts.tsx'
export { Hint, Quiet } from './hint.tsx'
export { Fold } from './fold.tsx'

export { VirtualList } from './virtual-list.tsx'
export { DataTable, type Column } from './data-table.tsx'
export { SearchField } from './search-field.tsx'
export { StatTile } from './stat-tile.tsx'
/** @public The first board will use it. */
export { HistoryStrip } from './history-strip.tsx'

export { QueryView } from './query-view.tsx'
export { EmptyState } from './empty-state.tsx'
export { ErrorState } from './error-state.tsx'
export { LoadingState } from './loading-state.tsx'
export { StaleNote } from './stale-note.tsx'

export { RelativeTime } from './relative-time.tsx'
export { Bytes } from './bytes.tsx'
export { Duration } from './duration.tsx'
export { CopyableAddress } from './copyable-address.tsx'
export { CopyButton } from './copy-button.tsx'
export { MachineText } from './machine-text.tsx'
export { ProgressLine } from './progress-line.tsx'
export { JobLine } from './job-line.tsx'
export { useNow } from './now.tsx'

export { AddButton } from './add-button.tsx'
export { IconButton } from './icon-button.tsx'
export { ConfirmAct } from './confirm-act.tsx'
export { Dialog, DialogButtons, DialogForm } from './dialog.tsx'
export { toastDone, toastError, toastFailed } from './toast.tsx'

export { useForm, type FieldProps, type Form } from './use-form.ts'
export { NumberField, SecretField, SelectField, SwitchField, TextAreaField, TextField } from './fields.tsx'
export { Choice } from './choice.tsx'
export { FieldPair } from './field-pair.tsx'

export { useHotkeys } from './use-hotkeys.ts'
export type { Hotkey } from './hotkeys.ts'
export { KeyCaps, ShortcutsHelp } from './shortcuts-help.tsx'

export { UiProvider } from './ui-provider.tsx'
export { useChooseAppearance } from './use-choose-appearance.ts'
export { AppearanceChoices } from './appearance-choices.tsx'
export { useAppearance } from './appearance.ts'
export type { PaletteItem, PaletteSource, Place } from './place.ts'

export {
  Anchor,
  Button,
  Checkbox,
  FileButton,
  Group,
  Menu,
  Popover,
  ScrollArea,
  SimpleGrid,
  Stack,
  Tabs,
  Text,
  UnstyledButton,
} from '@mantine/core'
