import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Locator, Page } from '@playwright/test'
import { expect } from './console-test.ts'

const run = promisify(execFile)

/** The finding of the run on the screen, once it has ended: what is wrong, who must act, what to do. */
export async function finding(page: Page): Promise<Locator> {
  // A run that climbs has a button that stops it; one that has ended can be started again.
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 60_000 })
  return page.getByRole('region', { name: /^(Fail|Warning|Pass|Unknown)/ }).first()
}

/** From the first screen to a queue with the tickets of the practice company. */
export async function startPracticeCompany(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome to Mail Desk')
  await page.getByRole('button', { name: 'Start the practice company' }).click()
  await expect(page).toHaveURL(/\/queue/)
  await expect(page.getByRole('option')).toHaveCount(9)
}

/** Finds a ticket by typing, opens it and takes it, with nothing but the keyboard. */
export async function takeTicketByKeyboard(page: Page, words: string, subject: RegExp): Promise<void> {
  await page.keyboard.press('/')
  await page.keyboard.type(words)
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('article', { name: subject })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: subject })).toBeFocused()
  await page.keyboard.press('i')
  await expect(page.getByRole('article', { name: subject }).getByText('Nobody')).toBeHidden()
}

/** From the finding to the servers of the mailbox, where the incoming one is corrected. */
export async function correctIncomingServer(page: Page, host: string): Promise<void> {
  await page.getByRole('link', { name: 'Change the mailbox’s settings' }).click()
  const receiving = page.getByRole('dialog').getByRole('group', { name: 'Receiving: IMAP server' })
  await receiving.getByLabel('Server name').fill(host)
  await page.getByRole('button', { name: 'Save servers' }).click()
  await expect(page.getByText('The servers were saved.')).toBeVisible()
}

/** Writes an internal note and then a public reply that solves the ticket. */
export async function noteReplyAndSolve(page: Page, note: string, reply: string): Promise<void> {
  const conversation = page.getByRole('log', { name: 'Conversation' })
  await page.keyboard.press('n')
  await expect(page.getByRole('textbox', { name: /^Internal note/ })).toBeFocused()
  await page.keyboard.type(note)
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(conversation.getByText(note)).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('r')
  await expect(page.getByRole('textbox', { name: /^Public reply/ })).toBeFocused()
  await page.keyboard.type(reply)
  await page.getByRole('button', { name: 'More ways to send' }).click()
  await page.getByRole('menuitem', { name: 'Send and solve' }).click()
  await expect(conversation.getByText(reply)).toBeVisible()
  await expect(conversation.getByText('set the status to solved')).toBeVisible()
}

/** Archives the mailbox that the dialog names into a new archive, and waits for the report. */
export async function archiveMailbox(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Archive a mailbox' })
  await dialog.getByRole('button', { name: 'Archive mailbox' }).click()
  await noteRecoveryKey(page)
  await expect(page).toHaveURL(/\/archive\/[^?]+/)
  await expect(page.getByText(/^\d+ messages new in \d+ folders of /)).toBeVisible({ timeout: 60_000 })
}

/** A new archive is encrypted: its recovery key is shown once, and what was noted is asked for. */
async function noteRecoveryKey(page: Page): Promise<void> {
  const groups = page.getByRole('list', { name: 'Recovery key' }).getByRole('listitem')
  await expect(groups).toHaveCount(13)
  const last = (await groups.allInnerTexts()).at(-1) ?? ''
  await page.getByLabel('Type the last group to confirm').fill(last)
  await page.getByRole('button', { name: 'I have noted it' }).click()
}

/** Opens the only message with these words, and gives the place where it is read. */
export async function openMessage(page: Page, words: string): Promise<Locator> {
  await page.getByRole('searchbox', { name: 'Find in headers, text and attachments' }).fill(words)
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.getByRole('option').click()
  const reader = page.getByRole('article')
  await expect(reader.getByRole('heading', { level: 2 })).toContainText(words)
  return reader
}

/** Exports the whole archive on the screen, and gives the path of the bundle from its report. */
export async function exportBundle(page: Page, folder: string, why: string): Promise<string> {
  await page.getByRole('button', { name: 'Export bundle' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export a bundle' })
  await dialog.getByLabel('Write to').fill(folder)
  await dialog.getByLabel('Why it is made').fill(why)
  await dialog.getByRole('button', { name: 'Export bundle' }).click()
  const line = page.getByRole('listitem').getByText(/^\d+ messages written to /)
  await expect(line).toBeVisible({ timeout: 60_000 })
  return ((await line.textContent()) ?? '').replace(/^\d+ messages written to /, '')
}

/** Checks a bundle from the list of archives, as somebody does to whom it was handed. */
export async function verifyBundle(page: Page, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Open archive or bundle' }).click()
  const dialog = page.getByRole('dialog', { name: 'Open an archive or a bundle' })
  await dialog.getByLabel('Path').fill(path)
  await dialog.getByRole('button', { name: 'Verify bundle' }).click()
  await expect(page.getByText(/^\d+ files and \d+ messages checked, all whole$/)).toBeVisible({
    timeout: 60_000,
  })
}

/** Checks a bundle with what every Unix has, and gives what `sha256sum -c` printed, a line a file. */
export async function checkBundleWithoutMailDesk(bundle: string, into: string): Promise<readonly string[]> {
  await mkdir(into, { recursive: true })
  await run('unzip', ['-tq', bundle])
  await run('unzip', ['-q', bundle, '-d', into])
  const { stdout: sums } = await run('find', [into, '-name', 'SHA256SUMS'])
  const { stdout } = await run('sha256sum', ['-c', 'SHA256SUMS'], { cwd: join(sums.trim(), '..') })
  return stdout.trim().split('\n')
}
