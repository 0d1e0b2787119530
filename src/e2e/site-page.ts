/** What a reader does on a page of the site, in the words of the tests. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A page of its own, in a window of 1280 by 900 unless `options` say otherwise. What the page throws goes into `faults`. */
export async function openPage(
  browser: Browser,
  url: string,
  faults: string[],
  options: BrowserContextOptions = {},
  script?: () => void,
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => faults.push(`${url}: ${error.message}`));
  if (script) await page.addInitScript(script);
  await page.goto(url);
  return page;
}

export const close = (page: Page): Promise<void> => page.context().close();

/** Waits until the first editor of the page is there and can be typed into. */
export async function editorReady(page: Page): Promise<void> {
  await page.locator('.monaco-editor .view-line').first().waitFor();
}

/** Puts the cursor into the page's first editor. */
export async function focusEditor(page: Page): Promise<void> {
  await page
    .locator('.monaco-editor')
    .first()
    .click({ position: { x: 200, y: 15 } });
}

/** Replaces what is in the page's first editor: a single line by typing it, several by pasting them. */
export async function type(page: Page, text: string): Promise<void> {
  await focusEditor(page);
  await page.keyboard.press('Control+A');
  if (!text.includes('\n')) await page.keyboard.insertText(text);
  else await paste(page, text);
}

/** Typed lines would be indented by the editor on top of their own indentation. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
  }, text);
}

/** The code in the page's first editor, as far as it is in view. */
export async function code(page: Page): Promise<string> {
  const lines = page.locator('.monaco-editor').first().locator('.view-line');
  // In the document they stand in the order they were drawn in.
  const text = await lines.evaluateAll((drawn) =>
    drawn
      .map((line) => ({ top: Number.parseFloat((line as HTMLElement).style.top), text: line.textContent }))
      .sort((a, b) => a.top - b.top)
      .map((line) => line.text)
      .join('\n'),
  );
  return text.replaceAll('\u00a0', ' ');
}

export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click();
}

/** What the page's terminal shows. */
export async function terminal(page: Page): Promise<string> {
  const rows = await page.locator('.xterm-rows > div').allTextContents();
  return rows.join('\n').replaceAll('\u00a0', ' ').trimEnd();
}

/** Waits until the terminal shows this. */
export async function shows(page: Page, text: string, timeout = 10_000): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('.xterm-rows > div')]
        .map((row) => row.textContent)
        .join('\n')
        .replaceAll('\u00a0', ' ')
        .includes(wanted),
    text,
    { timeout, polling: 20 },
  );
}
