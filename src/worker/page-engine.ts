/**
 * The one engine of a page, as a module of its own: the HTML's head names it, so that the engine is on its way before
 * React is, and the site's code imports the same module by the same address.
 */
import { createBrowserEngine } from './browser.ts';

export const engine = createBrowserEngine(new URL('.', import.meta.url).href);

const { connection } = navigator as { connection?: { saveData?: boolean } };
// A reader who asked for little traffic gets the engine with the first Run.
if (connection?.saveData !== true) engine.warm();
