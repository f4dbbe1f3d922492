import { expect, test } from '../helpers/console-test.ts'
import { missingKeychain } from '../helpers/keychains.ts'

const requester = { name: 'Ana Silva', email: 'ana@harbour.example', personId: null }

test('An empty desk starts with three ways in, painted within a second.', async ({ open, look }) => {
  const page = await open('/')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome to Mail Desk')
  await expect(page).toHaveTitle('Welcome to Mail Desk · Mail Desk')
  expect(await page.getByRole('main').getByRole('heading', { level: 3 }).allTextContents()).toEqual([
    'Connect a mailbox',
    'Explore the practice company',
    'Open an archive or bundle',
  ])
  const paintedMs = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity,
  )
  expect(paintedMs).toBeLessThan(1000)
  await look('welcome')
})

test('Today names what needs somebody, in both themes.', async ({ open, look, testDesk }) => {
  await testDesk.call('tickets.open', { subject: 'Cannot sign in since this morning', requester })
  const page = await open('/')
  await expect(page).toHaveURL(/\/today$/)
  const line = page.getByRole('listitem').filter({ hasText: '1 ticket without a technician' })
  await expect(line.getByRole('link')).toHaveText('Assign tickets')
  await look('today-light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look('today-dark')
})

test('The keyboard reaches every place, and the focus goes to the new heading.', async ({ open }) => {
  const page = await open('/today')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeFocused()
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('tod')
  // Enter takes what is marked: the entry has to be there, and to be it.
  await expect(page.locator('[data-selected]', { hasText: 'Today' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeFocused()
  await page.goBack()
  await expect(page).toHaveURL(/\/settings$/)
})

test('The palette and the list of shortcuts can be used by everybody.', async ({ open, look }) => {
  const page = await open('/today')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('palette')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await look('shortcuts')
})

test('Name, theme and density are kept in the settings.', async ({ open, look, testDesk }) => {
  const page = await open('/settings')
  await page.getByLabel('Name', { exact: true }).fill('Noor Haddad')
  await page.getByRole('button', { name: 'Save name and address' }).click()
  await expect(page.getByText('Name and address were saved.')).toBeVisible()
  await page.getByText('Dark', { exact: true }).click()
  await page.getByText('Compact', { exact: true }).click()
  await expect
    .poll(() => testDesk.call('settings.get', {}))
    .toMatchObject({ operatorName: 'Noor Haddad', colourScheme: 'dark', density: 'compact' })
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expect(page.locator('html')).toHaveAttribute('data-density', 'compact')
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Noor Haddad')
  await look('settings-dark-compact')
})

test('When the program does not answer, the console says so and keeps what it shows.', async ({
  open,
  look,
  served,
}) => {
  const page = await open('/settings')
  await expect(page.getByText('Data folder')).toBeVisible()
  await served.close()
  await expect(page.getByText('Mail Desk’s own program does not answer.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'No answer' })).toBeVisible()
  await expect(page.getByText('Data folder')).toBeVisible()
  await look('no-answer')
})

test('An address without a screen says so, and offers the way on.', async ({ open, look }) => {
  const page = await open('/nowhere')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing at this address')
  await look('nothing-here')
  await page.goto(new URL('/nowhere/at/all', page.url()).href)
  await page.getByRole('link', { name: 'Go to Today' }).click()
  await expect(page).toHaveURL(/\/today$/)
})

test('The practice company is one click from the first screen, and fills the queue.', async ({
  open,
  testDesk,
}) => {
  const page = await open('/welcome')
  await page.getByRole('button', { name: 'Start the practice company' }).click()
  await expect(page).toHaveURL(/\/queue/)
  const { total } = await testDesk.call('tickets.counts', {})
  expect(total).toBeGreaterThan(0)
  await expect(page.getByRole('option')).toHaveCount(total)
})

test.describe('On a computer without a keychain', () => {
  test.use({ deskOptions: { keychain: missingKeychain() } })

  test('the vault is made in Settings, where its passphrase is asked twice.', async ({
    open,
    look,
    testDesk,
  }) => {
    const page = await open('/settings')
    const passphrase = page.getByRole('textbox', { name: 'New passphrase' })
    const again = page.getByRole('textbox', { name: 'The same passphrase again' })
    await passphrase.fill('short')
    await page.getByRole('button', { name: 'Make the vault' }).click()
    await expect(page.getByText('The two are not the same.')).toBeVisible()
    await look('vault-refused')
    await passphrase.fill('correct horse battery')
    await again.fill('correct horse battery')
    await page.getByRole('button', { name: 'Make the vault' }).click()
    await expect(page.getByText('The vault is open.')).toBeVisible()
    const { secretStore } = await testDesk.call('desk.status', {})
    expect(secretStore).toMatchObject({ kind: 'vault', state: 'ready' })
  })
})
