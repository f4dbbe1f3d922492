import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { fillArchive, inlineArchiveThread, makeArchive } from '../helpers/archive.ts'
import { exportBundle, testSigner } from '../helpers/bundles.ts'

const attacks = [
  '<script>document.title="taken"</script>',
  '</a></bdi></td><img src=x onerror="document.title=1">',
  '"><iframe src="http://127.0.0.1:9/x"></iframe>',
  '\u202egnp.exe\u202c hidden',
  'javascript:alert(1)',
  "' onmouseover='document.title=2",
  '{{7*7}} ${7*7}',
  'שלום לך <b>',
]

test('the pages of a bundle show hostile subjects as text, ask for nothing, and lead to every message', async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'pages-'))
  try {
    const root = makeArchive(folder)
    const subject = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`
    const messages = attacks.map((text, n) =>
      Buffer.from(
        `From: ${subject(text)} <m${n}@b.example>\nTo: ana@b.example\nSubject: ${subject(text)}\nDate: Tue, 14 Nov 2023 22:13:2${n} +0000\n\nText ${n}\n`,
      ),
    )
    await fillArchive(root, `INBOX/${attacks[0] ?? ''}`, messages)
    const thread = inlineArchiveThread()
    const { path } = await exportBundle(
      thread,
      root,
      { file: join(folder, 'a.zip'), format: 'eml', note: attacks[2] ?? '' },
      testSigner(),
    )
    const target = join(folder, 'unpacked')
    execFileSync('unzip', ['-q', path, '-d', target], { env: { ...process.env, LC_ALL: 'C.UTF-8' } })

    const asked: string[] = []
    const complaints: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).protocol))
    page.on('console', (message) => complaints.push(message.text()))
    await page.goto(pathToFileURL(join(target, 'index.html')).href)
    const title = await page.title()
    await page.getByRole('link', { name: /INBOX/ }).click()
    const links = page.locator('tbody a')
    const shown = await links.allTextContents()
    const hrefs = await links.evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href))
    expect({
      title,
      shown,
      found: hrefs.map((href) => readFileSync(new URL(href), 'utf8').split('\n').at(-2)),
      elements: await page.locator('script, iframe, img, [onerror], [onmouseover]').count(),
      protocols: [...new Set(asked)],
      complaints,
      accessible: (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id),
    }).toEqual({
      title: 'Mail of test',
      shown: attacks.map((text) => text.replace(/[\u202e\u202c]/g, '\ufffd')),
      found: attacks.map((_, n) => `Text ${n}`),
      elements: 0,
      protocols: ['file:'],
      complaints: [],
      accessible: [],
    })
    await page.screenshot({ path: test.info().outputPath('folder.png') })
    await page.goto(pathToFileURL(join(target, 'custody.html')).href)
    await page.screenshot({ path: test.info().outputPath('custody.png'), fullPage: true })
    await expect(page.getByRole('heading', { name: 'Chain of custody' })).toBeVisible()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
