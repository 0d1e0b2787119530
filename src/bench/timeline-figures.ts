/** How smooth a timeline of ten thousand events is while somebody steps, pans and zooms: the time from frame to frame. */
import type { BrowserContext } from 'playwright-core';

/** Two threads and a lock: about ten thousand events. */
const PROGRAM = `import threading
total = 0
lock = threading.Lock()
def work():
    global total
    for _ in range(620):
        with lock:
            total += 1
threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(total)
`;

const FRAMES = 300;

export interface TimelineFigures {
  readonly steps: number;
  /** Milliseconds between one frame and the next. */
  readonly frames: number[];
}

export async function timelineFrames(context: BrowserContext, base: string, draft: string): Promise<TimelineFigures> {
  const page = await context.newPage();
  await page.addInitScript(
    ([key = '', text = '']) => {
      if (self === top) localStorage.setItem(key, text);
    },
    [draft, PROGRAM],
  );
  await page.goto(`${base}/playground`);
  await page.locator('.monaco-editor .view-line').first().waitFor();
  await page.getByLabel('Turns').selectOption('random');
  await page.getByLabel('Switches').selectOption('every-bytecode');
  await page.getByRole('button', { name: 'Run', exact: true }).first().click();
  const slider = page.getByRole('slider');
  await slider.waitFor();
  await slider.focus();
  const steps = Number(await slider.getAttribute('aria-valuemax'));
  const frames = await page.evaluate(async (count) => {
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const track = document.querySelector<HTMLElement>('[role=slider]');
    const canvas = track?.querySelector('canvas');
    if (!track || !canvas) throw new Error('there is no timeline');
    const key = (name: string) => track.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
    const box = canvas.getBoundingClientRect();
    const at = { clientX: box.left + box.width / 2, clientY: box.top + 5, bubbles: true, cancelable: true };
    const pan = (x: number) => {
      canvas.dispatchEvent(new MouseEvent('mousedown', { ...at, view: window }));
      window.dispatchEvent(new MouseEvent('mousemove', { ...at, clientX: at.clientX + x, view: window }));
      window.dispatchEvent(new MouseEvent('mouseup', { ...at, clientX: at.clientX + x, view: window }));
    };
    const wheel = (deltaY: number) => canvas.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY, ctrlKey: true }));
    const acts = [
      () => key('ArrowLeft'),
      () => pan(40),
      // Out to the whole run, where every event is in view, and in again.
      (index: number) => wheel(index % 120 < 60 ? 40 : -40),
    ];
    const measured: number[] = [];
    let last = await frame();
    for (let index = 0; index < count; index++) {
      acts[Math.floor((index * acts.length) / count)]?.(index);
      const now = await frame();
      measured.push(now - last);
      last = now;
    }
    return measured;
  }, FRAMES);
  await page.close();
  return { steps, frames };
}

/** Milliseconds from frame to frame at 60 a second. */
const FRAME = 1000 / 60;

export function smoothness(frames: readonly number[]): { readonly rate: number; readonly late: number } {
  const total = frames.reduce((sum, frame) => sum + frame, 0);
  return { rate: (1000 * frames.length) / total, late: frames.filter((frame) => frame > 1.5 * FRAME).length };
}
