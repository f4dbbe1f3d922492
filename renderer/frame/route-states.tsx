import { isRouteErrorResponse, Link, useRouteError } from 'react-router'
import { frameWords } from '../i18n/frame.ts'
import { Button, ErrorState, Page } from '../ui/index.ts'

/** No screen has this address. */
export function NotFoundPage() {
  return (
    <Page title={frameWords.notFoundTitle} lead={frameWords.notFoundText} width="reading">
      <Button component={Link} to="/today">
        {frameWords.goToday}
      </Button>
    </Page>
  )
}

/** A screen threw while it was drawn or loaded: a bug of ours, said as one. The rest of the window lives on. */
export function RouteFailure() {
  const error = useRouteError()
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFoundPage />
  return (
    <Page title={frameWords.failureTitle} width="reading">
      <ErrorState error={error} onRetry={() => window.location.reload()} />
    </Page>
  )
}
