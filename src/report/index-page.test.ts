import { expect } from 'chai'
import { HtmlValidate } from 'html-validate'
import { header, HOSTILE, run } from './fixture.ts'
import { renderIndex } from './index-page.ts'

describe('the index over several meters', () => {
  const html = renderIndex([
    { folder: 'meter 1', run: run() },
    { folder: 'meter-2', run: run([{ ...header(), meters: header().meters.map((m) => ({ ...m, title: HOSTILE })) }]) },
  ])

  it('is valid HTML', async () => {
    const { results } = await new HtmlValidate({ extends: ['html-validate:recommended'] }).validateString(html)
    expect(results.flatMap(({ messages }) => messages)).to.deep.equal([])
  })

  it('leads to each report, with what it came to', () => {
    expect(html).to.include('<a href="meter%201/report.html">The built-in simulated meter</a>')
    expect(html).to.match(/<td class="number FAILED">1<\/td>/)
    expect(html).to.include('the run was cut off')
  })

  it('shows the name of a meter as text', () => {
    expect(html).to.not.include('<script')
    expect(html).to.include('\\u{202E}gnp.exe')
  })
})
