/**
 * The frame around every screen.
 *
 *   Frame            rail, content, palette, shortcuts; moves the focus when the place changes
 *   Palette          Ctrl/Cmd+K: places, commands and whatever the features' sources find
 *   JobCentre        long work, with pause and cancel
 *   Connectivity     what can be reached, in words
 *   ThemeSwitch      theme and density
 */
export { Frame } from './frame.tsx'
export { NotFoundPage, RouteFailure } from './route-states.tsx'
