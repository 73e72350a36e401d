import type { Do } from '../../sign-on/reaction.ts'

/** All rate changes of a row's actions left out, or made other ones. */
export const withRates = (does: readonly Do[] = [], change: (baud: number) => number | undefined): readonly Do[] =>
  does.flatMap((each): readonly Do[] => {
    if (each.is !== 'settings') return [each]
    const baud = change(each.settings.baud)
    return baud === undefined ? [] : [{ ...each, settings: { ...each.settings, baud } }]
  })
