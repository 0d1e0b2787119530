/**
 * The learning platform as IEEE 1484.11.2 (SCORM 2004's run-time) has it: an object `API_1484_11` with eight functions, in a
 * frame around this page or in the window that opened it. It is a stranger's code: it may throw, refuse, or not be there.
 */

export interface ScormApi {
  Initialize(nothing: ''): unknown;
  Terminate(nothing: ''): unknown;
  GetValue(element: string): unknown;
  SetValue(element: string, value: string): unknown;
  Commit(nothing: ''): unknown;
  GetLastError(): unknown;
  GetErrorString(code: string): unknown;
  GetDiagnostic(code: string): unknown;
}

/** As far as the search goes; the standard says that there must be an end. */
const MOST_FRAMES = 500;

/** First the frames around this one, then the window that opened it, and the frames around that. */
export function findApi(page: Window): ScormApi | null {
  return above(page) ?? openerOf(page);
}

function above(from: Window): ScormApi | null {
  let frame = from;
  for (let tries = 0; tries < MOST_FRAMES && parentOf(frame) !== frame; tries++) {
    frame = parentOf(frame);
    const api = apiOf(frame);
    if (api) return api;
  }
  return null;
}

function openerOf(page: Window): ScormApi | null {
  // A frame is not opened by anybody; the outermost one around it may be.
  const opener = (page.top ?? page).opener ?? page.opener;
  return opener ? (apiOf(opener) ?? above(opener)) : null;
}

function parentOf(frame: Window): Window {
  return frame.parent ?? frame;
}

function apiOf(frame: Window): ScormApi | null {
  try {
    return (frame as { API_1484_11?: ScormApi }).API_1484_11 ?? null;
  } catch {
    // Another origin: whatever is there cannot be used, but a frame around it can.
    return null;
  }
}

/** A session with it: from Initialize to Terminate. */
export class Lms {
  readonly #api: ScormApi;
  #open = true;

  private constructor(api: ScormApi) {
    this.#api = api;
  }

  /** What it said, if it does not want to. */
  static begin(api: ScormApi): Lms | { readonly refused: string } {
    const lms = new Lms(api);
    // 103: somebody in this frame has done so already, and that will do.
    if (lms.#do((to) => to.Initialize('')) || lms.#error() === '103') return lms;
    return { refused: lms.#reason() };
  }

  /** Empty if it does not know. */
  get(element: string): string {
    try {
      return this.#open ? String(this.#api.GetValue(element) ?? '') : '';
    } catch {
      return '';
    }
  }

  /** False if it was not taken. */
  set(element: string, value: string): boolean {
    return this.#do((to) => to.SetValue(element, value));
  }

  /** False if it could not be kept. */
  commit(): boolean {
    return this.#do((to) => to.Commit(''));
  }

  end(): void {
    this.#do((to) => to.Terminate(''));
    this.#open = false;
  }

  #do(what: (api: ScormApi) => unknown): boolean {
    try {
      return this.#open && String(what(this.#api)) === 'true';
    } catch {
      return false;
    }
  }

  #error(): string {
    try {
      return String(this.#api.GetLastError());
    } catch {
      return '';
    }
  }

  #reason(): string {
    const code = this.#error();
    try {
      return `error ${code}: ${String(this.#api.GetErrorString(code))}`.slice(0, 200);
    } catch {
      return 'it does not answer';
    }
  }
}
