import { expect, test } from '../helpers/console-test.ts'
import { missingKeychain } from '../helpers/keychains.ts'
import { serveConsole } from '../../main/serve/index.ts'
import { createTestDesk } from '../helpers/test-desk.ts'
import { fileURLToPath } from 'node:url'

const assetsDir = fileURLToPath(new URL('../../out/renderer', import.meta.url))

test('A mailbox is added from an address alone: found while one watches, refused, then accepted and saved.', async ({
  open,
  look,
  testDesk,
}) => {
  await testDesk.call('practice.start', {})
  const { users } = await testDesk.call('practice.access', {})
  const dana = users.find(({ caseId }) => caseId === null)!
  const { people } = await testDesk.call('accounts.list', { text: dana.address })
  await testDesk.call('accounts.remove', { personId: people[0]!.personId })

  const page = await open('/people?add=1')
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(dana.address)
  await page.getByRole('textbox', { name: 'Name' }).fill(dana.name)
  await look('add-address')
  await page.getByRole('button', { name: 'Find servers' }).click()
  await expect(page.getByText('Best', { exact: true })).toBeVisible()
  await expect(page.getByRole('radio').first()).toBeChecked()
  await look('add-found')
  await page.getByText('What was asked, and what came back').click()
  await expect(page.getByText(/^SRV _imaps\._tcp\./)).toBeVisible()
  await look('add-attempts')

  await page.getByRole('textbox', { name: 'Password' }).fill('not the password')
  await page.getByRole('button', { name: 'Check sign-in' }).click()
  await expect(page.getByText('The server refuses the sign-in.')).toBeVisible()
  await look('add-refused')
  await page.getByRole('textbox', { name: 'Password' }).fill(dana.password)
  await page.getByRole('button', { name: 'Check sign-in' }).click()
  await expect(page.getByText('The server accepts the sign-in.')).toBeVisible()
  await page.getByRole('button', { name: 'Save person and mailbox' }).click()
  await expect(page).toHaveURL(/\/people\/[0-9a-f-]+$/)
  await expect(page.getByRole('heading', { level: 2, name: dana.name })).toBeVisible()
  await expect(page.getByText('In the keychain')).toBeVisible()
})

test('A person’s page shows servers, secret, tickets, and lets each be changed.', async ({
  open,
  look,
  testDesk,
}) => {
  await testDesk.call('practice.start', {})
  const { people } = await testDesk.call('accounts.list', { text: 'ana lima' })
  const page = await open(`/people/${people[0]!.personId}`)
  await expect(page.getByRole('heading', { level: 2, name: 'Ana Lima' })).toBeVisible()
  await expect(
    page.getByRole('complementary', { name: 'What is linked to this person' }).getByRole('listitem'),
  ).toHaveCount(1)
  await look('person-light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look('person-dark')
  await page.emulateMedia({ colorScheme: 'light' })

  await page.getByRole('button', { name: /^More acts for/ }).click()
  await page.getByRole('menuitem', { name: 'Edit servers' }).click()
  await page.getByRole('textbox', { name: 'Server name' }).first().fill('imap.lanternquay.example')
  await look('edit-servers')
  await page.getByRole('button', { name: 'Save servers' }).click()
  await expect(page.getByText(/^imap\.lanternquay\.example:\d+$/)).toBeVisible()
  await page.getByRole('button', { name: 'Check sign-in' }).click()
  await expect(page.getByText('The server accepts the sign-in.')).toBeVisible()

  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Remove person' }).click()
  await expect(page.getByRole('dialog')).toContainText('Stored passwords and tokens are deleted.')
  await look('remove-person')
  await page.getByRole('dialog').getByRole('button', { name: 'Remove person' }).click()
  await expect(page).toHaveURL(/\/people$/)
  await expect(page.getByRole('option', { name: /Ana Lima/ })).toHaveCount(0)
})

test('A thousand people are filtered as one types and walked by keyboard; nobody is said to be nobody.', async ({
  open,
  look,
  testDesk,
}) => {
  const names = [
    'Łukasz Śmiały',
    'Zoë Brandt',
    'محمد العلي',
    'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh',
  ]
  for (let i = 0; i < 1000; i++)
    await testDesk.call('accounts.add', {
      name: `${names[i % 4] ?? ''} ${i}`,
      email: `user${i}@harbour.example`,
    })
  const page = await open('/people')
  await expect(page.getByText('1,000 people')).toBeVisible()
  await look('people-many')
  await page.keyboard.press('/')
  await page.keyboard.type('smiały 100')
  await expect(page.getByText('1 person found')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(page).toHaveURL(/\/people\/[0-9a-f-]+$/)
  await look('people-chosen')
  await page.getByRole('searchbox').fill('nobody at all')
  await expect(page.getByText('Nobody matches')).toBeVisible()
  await look('people-no-match')
})

test('Without a keychain the vault is made where the password is typed.', async ({ page, look }) => {
  await using desk = await createTestDesk({ keychain: missingKeychain() })
  const served = await serveConsole({ desk: desk.desk, assetsDir, port: 0, host: '127.0.0.1' })
  const mailbox = { address: 'ana@harbour.example', username: 'ana' }
  const { personId } = await desk.call('accounts.add', { name: 'Ana', email: 'ana@harbour.example', mailbox })
  await page.goto(served.url)
  await page.goto(new URL(`/people/${personId}`, served.url).href)
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill('swordfish')
  await look('vault-missing')
  await page.getByRole('textbox', { name: 'New passphrase' }).fill('correct horse')
  await page.getByRole('textbox', { name: 'The same passphrase again' }).fill('correct horse')
  await page.getByRole('button', { name: 'Make the vault' }).click()
  await page.getByRole('button', { name: 'Store password' }).click()
  await expect(page.getByText('In the vault')).toBeVisible()
  await served.close()
})
