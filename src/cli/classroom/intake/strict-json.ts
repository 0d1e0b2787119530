/** JSON as the site writes it: each key once, nothing deep, no key that means something to JavaScript. */
import { Refusal } from './refusal.ts';

const DEEPEST = 20;
const BY_HAND = 'The site does not write this: ask the student for the file that the site made.';

/** Throws Refusal. */
export function readStrictJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(
      'is not valid JSON; it may have been cut off.',
      'Ask the student for the file that the site made.',
    );
  }
  check(text);
  return value;
}

/** Of valid JSON: which keys it has, and how deep it is. JSON.parse has nothing to say about either. */
function check(text: string): void {
  // An object's keys; null stands for an array.
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '{' || char === '[') open.push(char === '{' ? new Set() : null);
    else if (char === '}' || char === ']') open.pop();
    else if (char === '"') {
      const start = at;
      at = endOfString(text, at);
      if (isKey(text, at)) take(JSON.parse(text.slice(start, at + 1)), open.at(-1));
    }
    if (open.length > DEEPEST) throw new Refusal('is JSON of great depth.', BY_HAND);
  }
}

function take(key: string, keys: Set<string> | null | undefined): void {
  if (key === '__proto__') throw new Refusal('has a key `__proto__`.', BY_HAND);
  if (keys?.has(key)) throw new Refusal('has the same key twice.', BY_HAND);
  keys?.add(key);
}

/** Where the string that begins at `at` has its last quotation mark. */
function endOfString(text: string, at: number): number {
  let end = at + 1;
  while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end;
}

/** In valid JSON a colon comes after keys only. */
function isKey(text: string, end: number): boolean {
  let next = end + 1;
  while (next < text.length && ' \n\r\t'.includes(text[next] as string)) next += 1;
  return text[next] === ':';
}
