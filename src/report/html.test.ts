import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'
import { HtmlValidate } from 'html-validate'
import { chromium, type Browser, type Page } from 'playwright-core'
import type { Event } from '../engine/events.ts'
import { needs } from '../skips.ts'
import { watchBlocks } from '../protocol/blocks-seen.ts'
import { explainApdu, explainUnit } from '../protocol/explain.ts'
import * as fixture from './fixture.ts'
import { renderHtml } from './html.ts'
import * as ciphered from './secured.ts'

const CHROMIUM = '/usr/bin/chromium'
const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync']
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const real = { unit: explainUnit, apdu: explainApdu, blocks: watchBlocks }
const render = (told: Iterable<Event> = fixture.events()): string => renderHtml(fixture.run(told), fixture.explain)

describe('report.html', () => {
  const html = render()

  for (const [what, page] of [
    ['with all verdicts', html],
    ['with protected APDUs', renderHtml(fixture.run(ciphered.secured()), real)],
  ] as const)
    it(`is valid HTML, ${what}`, async () => {
      // Deep links end in names of instances: any id without blanks is valid HTML, but not to the stricter default of this rule.
      const validate = new HtmlValidate({
        extends: ['html-validate:recommended'],
        rules: { 'valid-id': ['error', { relaxed: true }] },
      })
      const { results } = await validate.validateString(page)
      const messages = results.flatMap((result) => result.messages.map(({ line, message }) => `${line}: ${message}`))
      expect(messages).to.deep.equal([])
    })

  it('needs nothing else: no address, and a policy that allows none', () => {
    expect(html).to.not.match(/(?:src|href)="(?!#)/)
    expect(html).to.not.match(/url\(|@import|https?:/)
    expect(html).to.match(/Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/)
  })

  it('says on its face that it is no certification', () => {
    expect(html).to.include('This is not a DLMS UA certification.')
    expect(html.indexOf('not a DLMS UA certification')).to.be.lessThan(html.indexOf('id="summary"'))
  })

  it('holds the reasons of all that did not pass as text', () => {
    for (const text of ['silence for 1500 ms', 'dm after 25.5 ms', 'look at how the receiver', '7E A0 0A 21 00 02']) {
      expect(html).to.include(text)
    }
    for (const text of ['no answer, once', 'add --allow persistent', 'the adapter was unplugged']) {
      expect(html).to.include(text)
    }
  })

  it('shows the clause number only where it is given', () => {
    expect(html).to.include('IEC 62056-46 (ed. 1.1), 6.4.4.9.2')
    expect(html).to.include('<dt>IEC 62056-47</dt>')
  })

  it('has an ERROR on its face when the run was cut off, and names the lines that could not be read', () => {
    const cut = fixture.run([fixture.header(), fixture.instance(fixture.PASSED)], ['line 9 is cut in half'])
    const page = renderHtml(cut, fixture.explain)
    expect(page).to.match(/<strong>ERROR<\/strong> the run was cut off/)
    expect(page).to.include('line 9 is cut in half')
  })

  it('shows texts in the octets of a meter as text', () => {
    const text = '<img src=x onerror=alert(3)>'
    const octets = Buffer.from(text).toString('hex').toUpperCase()
    const wpdu = `0001001000010022C401C100091C${octets}`
    const page = renderHtml(
      fixture.run([
        fixture.header(),
        fixture.instance(fixture.FAILED),
        fixture.traffic(fixture.FAILED, { is: 'wrapper', octets: wpdu, direction: 'received' }),
        fixture.verdict(fixture.FAILED, { verdict: 'FAILED', reason: { text: 'wrong' } }),
        fixture.footer(),
      ]),
      real,
    )
    expect(page).to.include('“&lt;img src&#x3D;x onerror&#x3D;alert(3)&gt;”')
    expect(page).to.not.include('<img')
  })

  it('holds only so much of the timelines unpacked', () => {
    const failed = (units: number) =>
      render([
        fixture.header(),
        ...Array.from({ length: 10 }, (_, i) => `X_${i}@hdlc`).flatMap((name) => [
          fixture.instance(name),
          ...Array.from({ length: units }, (_, at) => fixture.traffic(name, { at })),
          fixture.verdict(name, { verdict: 'FAILED', reason: { text: 'wrong' } }),
        ]),
        fixture.footer(),
      ])
    const inline = (page: string): number => page.match(/<ol class="line">/g)?.length ?? 0
    expect(inline(failed(2))).to.equal(10)
    expect(inline(failed(200))).to.be.within(1, 5)
  })

  it('tells a meter without a single case', () => {
    expect(render([fixture.header(), fixture.footer()])).to.include('Nothing was selected')
  })

  describe('in a browser', function () {
    this.timeout(300_000)
    let browser: Browser
    let folder: string

    before(async function () {
      needs(this, CHROMIUM)
      folder = mkdtempSync(join(tmpdir(), 'report-'))
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS })
    })
    after(async () => {
      await browser?.close()
      if (folder !== undefined) rmSync(folder, { recursive: true })
    })

    /** The report in a page of its own; an error of its script or a request would fail the test. */
    async function open(
      text: string,
      { fragment = '', ...options }: { fragment?: string; colorScheme?: 'dark' | 'light'; javaScriptEnabled?: boolean },
    ): Promise<Page> {
      const file = join(folder, 'report.html')
      writeFileSync(file, text)
      const page = await browser.newPage(options)
      page.on('pageerror', (error) => expect.fail(error.message))
      page.on('dialog', (dialog) => expect.fail(dialog.message()))
      page.on('console', (message) => message.type() === 'error' && expect.fail(message.text()))
      await page.goto(`${pathToFileURL(file).href}${fragment}`)
      return page
    }
    const named = (page: Page, name: string) => page.locator(`[id="${name}"]`)
    const visible = (page: Page): Promise<readonly string[]> =>
      page.locator('.case:visible > summary > .name').allTextContents()

    async function faultsOf(page: Page): Promise<unknown> {
      // Not through a script element: the page's own policy refuses those.
      await page.evaluate(AXE)
      return page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]))',
      )
    }

    for (const colorScheme of ['light', 'dark'] as const) {
      it(`has no fault that axe finds, ${colorScheme}`, async () => {
        const page = await open(html, { colorScheme })
        for (const passed of await page.locator('.case.PASSED').all()) {
          await passed.locator('> summary').click()
          await passed.locator('.again').waitFor()
        }
        await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
        expect(await faultsOf(page)).to.deep.equal([])
        await page.close()
      })
    }

    it('shows markup, quotes, control characters and direction marks of a meter as text', async () => {
      const page = await open(html, {})
      const shown = `<script>alert(1)</script>"'><img src=x onerror=alert(2)> \\x1B[2J\\u{202E}gnp.exe\\x00\\u{D800}\\u{2028}]]>{{title}}`
      expect(await page.locator('.facts dd').allTextContents()).to.include(shown)
      expect(await named(page, fixture.FAILED).locator('.reason .text dd').textContent()).to.include(shown)
      expect(await page.locator('img').count()).to.equal(0)
      await page.close()
    })

    describe('objects', () => {
      const PASSED = 'COSEM_X_Y/1[client=reader,device=management,attribute=3:1.0.1.8.0.255:2]@hdlc'
      const hostile = {
        'class-id': 65535,
        version: 0,
        'instance-id': fixture.HOSTILE,
        attributes: [{ 'attribute-id': 1, 'access-mode': 0, rights: [fixture.HOSTILE] }],
        methods: [{ 'method-id': 1, 'access-mode': 0, rights: [] }],
      }
      const { objects } = fixture.objectList()
      const listed = render([
        fixture.header(),
        fixture.objectList({ objects: [...objects, hostile] }),
        fixture.objectList({ client: fixture.HOSTILE, objects: [], trouble: { text: fixture.HOSTILE } }),
        fixture.instance(PASSED, { title: 'what is listed is read' }),
        fixture.step(PASSED),
        fixture.verdict(PASSED),
        fixture.footer(),
      ])
      const opened = async (options: Parameters<typeof open>[1]): Promise<Page> => {
        const page = await open(listed, options)
        for (const matrix of await page.locator('.matrix > summary').all()) await matrix.click()
        await page.locator('.objects').first().waitFor()
        return page
      }

      it('are a table that leads to the cases', async () => {
        const page = await opened({})
        const cell = page.locator('.objects a.PASSED')
        expect(await cell.textContent()).to.equal('r ✓')
        expect(await cell.getAttribute('title')).to.equal('attribute 2 value: read; PASSED')
        await cell.click()
        await page.locator('.case:target .again').waitFor()
        expect(await page.locator('.case:target').getAttribute('id')).to.equal(PASSED)
        await page.close()
      })

      it('show what a meter names as text', async () => {
        const page = await opened({})
        const names = await page.locator('.objects th[scope=row] code').allTextContents()
        expect(names[1]).to.match(/^<script>alert\(1\)<\/script>.*\\u\{202E\}gnp/)
        await page.locator('.matrix .about').waitFor()
        expect(await page.locator('.matrix .about').textContent()).to.include('<img src=x onerror=alert(2)>')
        expect(await page.locator('main img').count()).to.equal(0)
        await page.close()
      })

      for (const colorScheme of ['light', 'dark'] as const)
        it(`have no fault that axe finds, ${colorScheme}`, async () => {
          const page = await opened({ colorScheme })
          expect(await faultsOf(page)).to.deep.equal([])
          await page.close()
        })
    })

    describe('security', () => {
      const secured = renderHtml(fixture.run(ciphered.secured()), real)

      it('shows what is beneath a protection behind the unit that carried it', async () => {
        const page = await open(secured, {})
        await named(page, ciphered.READ).locator('> summary').click()
        const lines = named(page, ciphered.READ).locator('.line > li')
        await lines.first().waitFor()
        expect(await lines.locator('.place').allTextContents()).to.deep.equal([
          'Step 1',
          ...['sent', 'deciphered', 'received', 'deciphered'],
          ...['sent', 'deciphered', 'received', 'deciphered'],
        ])
        const beneath = lines.nth(2)
        expect(await beneath.locator('summary .names').textContent()).to.equal(
          'get-request-normal Clock 0.0.1.0.0.255, time',
        )
        expect(await beneath.locator('summary .text > .muted').last().textContent()).to.equal(
          'glo-get-request, authenticated and encrypted, suite 0, unicast key set, counter 19088743, title 4D4D4D0000BC614E (MMM), global-unicast-encryption-key, tag right',
        )
        expect(await beneath.locator('summary .hex').textContent()).to.equal('C0 01 00 00 08 00 00 01 00 00 FF 02 00')
        await beneath.locator('summary').click()
        expect(
          await beneath.locator('tr').filter({ hasText: 'class-id' }).locator('td').first().textContent(),
        ).to.equal('8 Clock')
        expect(await lines.nth(8).locator('summary .hex').textContent()).to.equal('C4 01 C1 00 09 04 00 00 XX XX')
        await page.close()
      })

      it('marks a wrong tag, and the field beneath that the verdict is about', async () => {
        const page = await open(secured, {})
        const failed = named(page, ciphered.REPLAYED)
        expect(await failed.locator('summary mark').allTextContents()).to.deep.equal([
          ...['tag wrong', 'tag wrong', '00 06 00 00 13 91'],
        ])
        expect(await failed.locator('.deciphered > details[open]').count()).to.equal(1)
        expect(await failed.locator('tr.wrong > th').allTextContents()).to.deep.equal(['result'])
        expect(await failed.locator('.protected .text').textContent()).to.include('<img src=x onerror=alert(2)>')
        expect(await page.locator('main img').count()).to.equal(0)
        await page.close()
      })

      it('tells without a script how the counters went, with the way to where they repeat', async () => {
        const page = await open(secured, { javaScriptEnabled: false })
        const rows = page.locator('.counters tbody tr')
        expect(await rows.nth(0).locator('th, td').allTextContents()).to.deep.equal([
          ...['ciphered', 'tester', '4D4D4D0000BC614E (MMM)', 'global-unicast-encryption-key'],
          ...['3', '19088743', '19088743', '0', '1', '0', ''],
        ])
        expect(await rows.nth(1).textContent()).to.equal(
          `The tester's counter repeats in ${ciphered.REPLAYED} (sent so by these cases)`,
        )
        expect(await rows.nth(3).getAttribute('class')).to.equal('check')
        expect(await rows.nth(3).textContent()).to.equal(`The meter's counter repeats in ${ciphered.REPLAYED}`)
        expect(await page.locator('.course').first().isVisible()).to.equal(true)
        await rows.nth(3).locator('a').click()
        expect(await page.locator('.case:target').getAttribute('id')).to.equal(ciphered.REPLAYED)
        await page.close()
      })

      it('tells what was accepted', async () => {
        const page = await open(secured, { javaScriptEnabled: false })
        const rows = page.locator('.accepted').first().locator('tbody tr')
        const cells = await Promise.all((await rows.all()).map((row) => row.locator('th, td').allTextContents()))
        const both = 'authenticated and encrypted'
        expect(cells).to.deep.equal([
          ['glo', both, '3', '3', '', '', `3× ${both}`],
          ['glo', `${both}, tag wrong`, '1', '1', '', '', `1× ${both}, tag wrong`],
        ])
        await page.close()
      })

      it('is not spoken of where nothing was protected', async () => {
        const page = await open(html, {})
        expect(await page.locator('#security').count()).to.equal(0)
        await page.close()
      })

      for (const colorScheme of ['light', 'dark'] as const)
        it(`has no fault that axe finds, ${colorScheme}`, async () => {
          const page = await open(secured, { colorScheme })
          await named(page, ciphered.READ).locator('> summary').click()
          await named(page, ciphered.READ).locator('.again').waitFor()
          await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
          expect(await faultsOf(page)).to.deep.equal([])
          await page.close()
        })
    })

    it('folds what passed and unpacks it when it is opened', async () => {
      const page = await open(html, {})
      const passed = named(page, fixture.PASSED)
      expect(await passed.getAttribute('open')).to.equal(null)
      expect(await passed.locator('.unit').count()).to.equal(0)
      await passed.locator('> summary').click()
      await passed.locator('.unit').first().waitFor()
      expect(await passed.locator('.unit.sent .hex').first().textContent()).to.equal(
        '7E A0 0A 00 02 04 01 21 XX XX FF 7E ‸',
      )
      expect(await passed.locator('button.copy').isVisible()).to.equal(true)
      await page.close()
    })

    it('opens what did not pass at its evidence, and marks the wrong field and the damaged one', async () => {
      const page = await open(html, {})
      const failed = named(page, fixture.FAILED)
      expect(await failed.getAttribute('open')).to.equal('')
      const received = failed.locator('.unit.received')
      expect(await received.locator('details').getAttribute('open')).to.equal('')
      expect(await received.locator('tr.wrong > th').allTextContents()).to.deep.equal(['control'])
      expect(await received.locator('tr.check > th').allTextContents()).to.deep.equal(['fcs'])
      expect(await failed.locator('.unit.sent summary mark.damaged').allTextContents()).to.deep.equal(['03 FF'])
      await page.close()
    })

    it('copies the command that repeats a case', async () => {
      const page = await open(html, {})
      const failed = named(page, fixture.FAILED)
      await failed.locator('button.copy').click()
      await failed.getByText('Copied').waitFor()
      await page.close()
    })

    it('filters by verdict, suite, port and text', async () => {
      const page = await open(html, {})
      await page.getByLabel('PASSED').uncheck()
      expect(await visible(page)).to.have.length(4)
      expect(await visible(page)).to.not.include(fixture.PASSED)
      await page.getByRole('button', { name: 'Show all' }).click()
      await page.locator('#filters').getByLabel('Suite').selectOption('wrapper')
      expect(await visible(page)).to.deep.equal([fixture.REMARKED])
      await page.getByRole('button', { name: 'Show all' }).click()
      await page.getByLabel('Port').selectOption('optical')
      expect(await visible(page)).to.deep.equal([fixture.INAPPLICABLE])
      await page.getByRole('button', { name: 'Show all' }).click()
      await page.getByLabel('Text').fill('UNPLUGGED adapter')
      expect(await visible(page)).to.deep.equal([fixture.ERROR])
      expect(await page.locator('#shown').textContent()).to.equal('1 of 6 shown')
      await page.getByRole('button', { name: 'Show all' }).click()
      expect(await visible(page)).to.have.length(6)
      await page.close()
    })

    it('opens the folded case that a link leads to, even when it is filtered away', async () => {
      const page = await open(html, { fragment: `#${encodeURIComponent(fixture.PASSED)}` })
      expect(await named(page, fixture.PASSED).getAttribute('open')).to.equal('')
      await named(page, fixture.PASSED).locator('.unit').first().waitFor()
      await page.getByLabel('Text').fill('nothing has this')
      expect(await visible(page)).to.deep.equal([])
      await page.locator('#findings a').filter({ hasText: 'HDLC_ADDR_N1' }).click()
      await page.locator('.case:target').waitFor()
      expect(await page.locator('.case:target > summary > .name').textContent()).to.equal(fixture.ERROR)
      await page.close()
    })

    it('does not stumble over a link that leads nowhere', async () => {
      for (const fragment of ['#nobody', '#%E0%A4%A']) await (await open(html, { fragment })).close()
    })

    it('shows reasons without its script', async () => {
      const page = await open(html, { javaScriptEnabled: false })
      expect(await named(page, fixture.FAILED).locator('.reason').isVisible()).to.equal(true)
      expect(await named(page, fixture.FAILED).locator('.unit').count()).to.equal(2)
      expect(await page.locator('#filters').isVisible()).to.equal(false)
      await page.close()
    })

    it('opens with 300 cases, and unpacks any of them', async () => {
      const page = await open(render(fixture.many(300)), {})
      expect(await page.locator('.case').count()).to.equal(300)
      const last = named(page, 'HDLC_MANY_299[row=299]@hdlc')
      await last.locator('> summary').click()
      await last.locator('.unit').last().waitFor()
      expect(await last.locator('.unit').count()).to.equal(12)
      const beyond = fixture.many(1000)
      await page.close()
      const large = await open(render(beyond), { fragment: `#${encodeURIComponent('HDLC_MANY_990[row=990]@hdlc')}` })
      await named(large, 'HDLC_MANY_990[row=990]@hdlc').locator('tr.wrong').waitFor()
      await large.close()
    })
  })
})
