import type { Locator, Page } from 'playwright'

/** The window of one command. */
export function commandDialog(page: Page, words: string): Locator {
  return page.getByRole('dialog', { name: words, exact: true })
}

/** Opens a command of the opened intent by its words and rehearses it; `fill` fills in what it takes. */
export async function rehearse(
  page: Page,
  words: string,
  fill: (dialog: Locator) => Promise<void> = () => Promise.resolve(),
): Promise<Locator> {
  await page.getByRole('button', { name: words, exact: true }).click()
  const dialog = commandDialog(page, words)
  await fill(dialog)
  await dialog.getByRole('button', { name: 'Rehearse' }).click()
  await dialog.getByRole('group', { name: 'Rehearsal' }).waitFor()
  return dialog
}

/** Gives all that is asked for but the press that sends: what is unknown, the reason, the id's end, the amount. */
export async function consent(dialog: Locator, reason: string): Promise<void> {
  for (const box of await dialog.getByRole('checkbox').all()) await box.check()
  await dialog.getByLabel('Reason, kept in the log').fill(reason)
  for (const words of ['Last six characters of the id', 'Amount']) {
    const box = dialog.getByLabel(words, { exact: true })
    if ((await box.count()) > 0) await box.fill(await askedFor(box))
  }
}

/** All that describes an element to people who do not see it. */
export function descriptionOf(element: Locator): Promise<string> {
  return element.evaluate((one) => {
    const ids = (one.getAttribute('aria-describedby') ?? '').split(' ')
    return ids.map((id) => document.getElementById(id)?.innerText ?? '').join(' ')
  })
}

/** What a box says has to be typed into it. */
export async function askedFor(box: Locator): Promise<string> {
  const described = (await box.getAttribute('aria-describedby')) ?? ''
  return box.page().locator(`[id="${described}"] code`).innerText()
}
