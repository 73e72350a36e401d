import { expect } from 'chai'
import { testerOn, type TesterScene } from '../../prove/scene.ts'

/** Six blocks of the reference meter: five of 128 octets and one of 60. */
const IMAGE = { 'class-id': 18, 'instance-id': '0.0.44.0.0.255', identification: 'TEST', size: 700, fill: 'AABBCC' }

async function begun(): Promise<TesterScene> {
  const scene = testerOn('wrapper')
  await scene.up({ rung: 'association', client: 'management' })
  await scene.perform('image.initiate', { image: IMAGE })
  return scene
}
const progressOf = async (scene: TesterScene): Promise<unknown> =>
  (await scene.perform('image.progress', { image: IMAGE })).outcome.names['progress']

describe('words of images', () => {
  it('image.initiate sends identification and size, or others that are asked for', async () => {
    const scene = await begun()
    expect(scene.sent().at(-1)).to.match(/020209045445535406000002BC$/)
    await scene.perform('image.initiate', { image: IMAGE, identification: 'B', size: 1 })
    expect(scene.sent().at(-1)).to.match(/02020901420600000001$/)
  })

  it('image.send-blocks fills all blocks but the last, and sends those that are asked for', async () => {
    const scene = await begun()
    const { outcome } = await scene.perform('image.send-blocks', { image: IMAGE, without: [1], backwards: true })
    expect(outcome.names).to.include({ success: true })
    // the last to be sent is block 0
    expect(scene.sent().at(-1)).to.match(/02020600000000098180(AABBCC){42}AABB$/)
    expect(await progressOf(scene)).to.deep.equal({ blocks: 6, received: 5, first: 1 })
    await scene.perform('image.send-blocks', { image: IMAGE, only: [1] })
    expect(await progressOf(scene)).to.deep.equal({ blocks: 6, received: 6, first: 6 })
  })

  it('image.send-blocks sends blocks that should be refused', async () => {
    const scene = await begun()
    for (const wrong of [{ behindTheLast: true }, { only: [0], longer: 1 }, { only: [5], longer: -60 }])
      expect((await scene.perform('image.send-blocks', { image: IMAGE, ...wrong })).outcome.names).to.include({
        refused: 'other-reason',
      })
    expect(await progressOf(scene)).to.include({ received: 0 })
  })

  it('image.verify refuses what is not whole, and verifies what is', async () => {
    const scene = await begun()
    expect((await scene.perform('image.verify', { image: IMAGE })).outcome.names).not.to.have.property('success')
    await scene.perform('image.send-blocks', { image: IMAGE })
    expect((await scene.perform('image.verify', { image: IMAGE })).outcome.names).to.include({ success: true })
  })

  it('asks for an image that is declared whole', async () => {
    const scene = await begun()
    for (const word of ['image.initiate', 'image.send-blocks', 'image.progress', 'image.verify'])
      expect(await scene.refused(word, { image: { size: 1 } })).to.match(/expected class-id/)
    expect(await scene.refused('image.send-blocks', { image: IMAGE, only: [9] })).to.equal('no block is to be sent')
  })

  it('images of the maker are declared by kind: as octets, or in a file', async () => {
    const scene = await begun()
    const made = { identification: 'M', octets: '00112233445566778899' }
    const images = { ...IMAGE, valid: made, older: { identification: 'O', file: 'older.bin' } }
    const perform = (word: string, args: object) => scene.perform(word, { image: images, kind: 'valid', ...args })
    await perform('image.initiate', {})
    expect(scene.sent().at(-1)).to.match(/020209014D060000000A$/)
    await perform('image.send-blocks', {})
    expect(scene.sent().at(-1)).to.match(/090A00112233445566778899$/)
    await perform('image.send-blocks', { flip: true })
    expect(scene.sent().at(-1)).to.match(/090A00112233445466778899$/)
    expect(await scene.refused('image.initiate', { image: images, kind: 'older' })).to.match(/file/)
    expect(await scene.refused('image.initiate', { image: images, kind: 'foreign' })).to.match(/^image: expected/)
  })
})
