import type { RouteObject } from 'react-router'
import { StartPage } from './start-page.tsx'

export { useDeskIsEmpty } from './use-desk-is-empty.ts'

/** `/` goes to Welcome or Today; the first screen has no place on the rail. */
export const startRoutes: readonly RouteObject[] = [
  { index: true, element: <StartPage /> },
  { path: 'welcome', lazy: async () => ({ Component: (await import('./welcome-page.tsx')).WelcomePage }) },
]
