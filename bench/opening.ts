import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { median } from './median.ts'

const TIMES = 3
const CHROMIUM = '/usr/bin/chromium'
const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync']

/** Opens pages in a browser. Milliseconds from the request until the page is laid out and may be used. */
export interface Opener {
  page(file: string): Promise<number>
  /** A page that holds so many lines and nothing else. */
  plain(lines: number): Promise<number>
  end(): Promise<void>
}

/** Undefined: there is no browser on this machine. */
export async function opener(folder: string): Promise<Opener | undefined> {
  if (!existsSync(CHROMIUM)) return undefined
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS })
  async function once(file: string): Promise<number> {
    const tab = await browser.newPage()
    const begun = performance.now()
    await tab.goto(pathToFileURL(file).href)
    await tab.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
    const ms = performance.now() - begun
    await tab.close()
    return ms
  }
  async function page(file: string): Promise<number> {
    const times: number[] = []
    for (let time = 0; time < TIMES; time++) times.push(await once(file))
    return median(times)
  }
  return {
    page,
    async plain(lines) {
      const file = join(folder, 'plain.html')
      const body = Array.from({ length: lines }, (_, i) => `<p>PASSED an instance and its title, the ${i}th</p>`)
      writeFileSync(file, `<!doctype html><title>plain</title>${body.join('\n')}`)
      return page(file)
    },
    end: () => browser.close(),
  }
}
