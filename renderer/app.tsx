import { QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { Frame, NotFoundPage, RouteFailure } from './frame/index.ts'
import { DeskContext, type DeskClient } from './ipc/index.ts'
import { places, startRoutes } from './places.ts'
import { LoadingState, UiProvider } from './ui/index.ts'

/** The addresses of all places, inside the frame. */
function createRoutes() {
  return createBrowserRouter([
    {
      element: <Frame places={places} />,
      hydrateFallbackElement: <LoadingState />,
      children: [
        {
          errorElement: <RouteFailure />,
          children: [
            ...startRoutes,
            ...places.map((place) => ({ path: place.path, children: [...place.routes] })),
            { path: '*', element: <NotFoundPage /> },
          ],
        },
      ],
    },
  ])
}

/** The whole page. */
export function App(props: { readonly client: DeskClient }) {
  const [router] = useState(createRoutes)
  return (
    <DeskContext value={props.client}>
      <QueryClientProvider client={props.client.queries}>
        <UiProvider>
          <RouterProvider router={router} />
        </UiProvider>
      </QueryClientProvider>
    </DeskContext>
  )
}
