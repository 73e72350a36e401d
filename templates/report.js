;(() => {
  'use strict'
  const cases = [...document.querySelectorAll('.case')]
  const groups = [...document.querySelectorAll('.group')]

  // What is packed (what passed, and timelines beyond the first) is unpacked when its case is open and comes near.
  const packs = new Map()
  const inflate = async (base64) => {
    const octets = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const stream = new Blob([octets]).stream().pipeThrough(new DecompressionStream('deflate'))
    return JSON.parse(await new Response(stream).text())
  }
  const pack = (n) => {
    if (!packs.has(n)) packs.set(n, inflate(document.getElementById(`pack-${n}`).textContent))
    return packs.get(n)
  }
  const fill = async (place) => {
    const n = place.dataset.pack
    try {
      const { html, pieces } = await pack(n)
      // Pieces that stand in several places are packed once.
      place.innerHTML = html[place.closest('.case, .matrix').id].replace(
        /\u0001(\d+)\u0001/g,
        (_, piece) => pieces[piece],
      )
      for (const button of place.querySelectorAll('.copy')) button.hidden = false
    } catch {
      place.textContent = 'This browser cannot unpack what belongs here. It is in events.jsonl and traffic.pcapng.'
    }
    delete place.dataset.pack
  }
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue
        near.unobserve(target)
        void fill(target)
      }
    },
    { rootMargin: '600px' },
  )
  const watch = (details) => {
    for (const place of details.querySelectorAll('[data-pack]')) near.observe(place)
  }
  document.addEventListener(
    'toggle',
    ({ target }) => target.matches('.case, .matrix') && target.open && watch(target),
    true,
  )
  for (const place of document.querySelectorAll('.case[open] [data-pack]')) near.observe(place)

  // Filters.
  const filters = document.getElementById('filters')
  const [suite, port] = filters.querySelectorAll('select')
  const text = filters.querySelector('[type=search]')
  const boxes = [...filters.querySelectorAll('[type=checkbox]')]
  const count = document.getElementById('shown')
  const texts = new Map()
  const textOf = (details) => {
    if (!texts.has(details)) {
      const reason = details.querySelector('.reason, .remarks')
      texts.set(details, `${details.firstElementChild.textContent} ${reason ? reason.textContent : ''}`.toLowerCase())
    }
    return texts.get(details)
  }
  const apply = () => {
    const verdicts = new Set(boxes.filter((box) => box.checked).map((box) => box.value))
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean)
    let shown = 0
    for (const group of groups) {
      let some = false
      for (const details of group.querySelectorAll('.case')) {
        const show =
          (suite.value === '' || suite.value === group.dataset.suite) &&
          (port.value === '' || port.value === details.dataset.port) &&
          verdicts.has(details.dataset.verdict) &&
          words.every((word) => textOf(details).includes(word))
        details.hidden = !show
        some ||= show
        shown += show ? 1 : 0
      }
      group.hidden = !some
    }
    count.textContent = `${shown} of ${cases.length} shown`
  }
  const unfilter = () => {
    for (const box of boxes) box.checked = true
    suite.value = port.value = text.value = ''
    apply()
  }
  filters.addEventListener('input', apply)
  document.getElementById('unfilter').addEventListener('click', unfilter)
  filters.hidden = false
  count.textContent = `${cases.length} of ${cases.length} shown`

  // Deep links: whatever is folded or filtered away around the target is shown.
  const go = () => {
    let target = null
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    } catch {
      return
    }
    if (!target) return
    if (target.closest('[hidden]')) unfilter()
    for (let at = target; at; at = at.parentElement) if (at.localName === 'details') at.open = true
    target.scrollIntoView()
  }
  addEventListener('hashchange', go)
  go()

  // Copy buttons.
  for (const button of document.querySelectorAll('.copy')) button.hidden = false
  document.addEventListener('click', async ({ target }) => {
    if (!target.matches('.copy')) return
    const code = target.parentElement.querySelector('code')
    try {
      await navigator.clipboard.writeText(code.textContent)
    } catch {
      getSelection().selectAllChildren(code)
      document.execCommand('copy')
    }
    target.textContent = 'Copied'
    setTimeout(() => (target.textContent = 'Copy'), 1500)
  })
})()
