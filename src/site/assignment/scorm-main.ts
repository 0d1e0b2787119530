/**
 * Runs first in a package made by `hb classroom export --scorm`: opens the session with the learning platform, puts back what
 * the student left, and only then lets the site's own scripts start. The site knows nothing of it but `window`'s reporter.
 */
import { readAssignment } from '../../classroom/assignment.ts';
import { Store } from '../store.ts';
import { keyOf, remember } from './remembered.ts';
import { findApi, Lms } from './scorm-lms.ts';
import { showNote } from './scorm-note.ts';
import { type Area, Session } from './scorm-session.ts';
import { scormWords } from './scorm-words.ts';

/** The elements that the export puts into the page. */
const ASSIGNMENT = 'hb-assignment';
const LATER = 'script[type="hb-later"]';

const assignment = readAssignment('the package', document.getElementById(ASSIGNMENT)?.textContent ?? '');
const api = findApi(window);
const begun = api && Lms.begin(api);
const lms = begun instanceof Lms ? begun : null;
const recording = lms === null || !['browse', 'review'].includes(lms.get('cmi.mode'));
const note = showNote(document);

const session = await Session.open({
  lms,
  recording,
  browser: browserStorage(),
  // Students may share a computer.
  key: `hb:lms:${assignment.id}:${lms?.get('cmi.learner_id') ?? ''}`,
  given: keyOf(assignment.id),
  now: () => Date.now(),
  say: (trouble) => note.trouble(trouble && scormWords[trouble]),
  reported: ({ points, possible, exercises }) =>
    note.status(exercises.some(({ graded }) => graded) ? scormWords.reported(points, possible) : scormWords.connected),
});
if (!api) note.trouble(scormWords.nobody);
else if (begun && 'refused' in begun) note.trouble(scormWords.noSession(begun.refused));
else if (!recording) note.trouble(scormWords.looking);

Object.defineProperty(window, 'localStorage', { value: session.storage, configurable: true });
remember(new Store(() => session.storage), assignment);
window.happensBeforeScores = session;
document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && session.rest());
// The last to hear of it, since editors store what was typed when they do: so it takes its place anew with what is typed.
const end = () => session.end();
for (const input of ['keydown', 'pointerdown', 'focusin']) {
  window.addEventListener(
    input,
    () => {
      window.removeEventListener('pagehide', end);
      window.addEventListener('pagehide', end);
    },
    { capture: true, passive: true },
  );
}
window.addEventListener('pagehide', end);
// A page that the browser has kept has no session any more.
window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload());

if (!location.hash.startsWith('#/assignment')) {
  history.replaceState(null, '', `#/assignment?assignment=${assignment.id}`);
}
for (const script of document.querySelectorAll<HTMLScriptElement>(LATER)) {
  const started = document.createElement('script');
  started.src = script.src;
  started.async = false;
  document.head.append(started);
}

function browserStorage(): Area | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
