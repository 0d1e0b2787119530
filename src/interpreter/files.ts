/** What a program's files may be called. */

/** All program files together; more is somebody's mistake or attack. */
export const MOST_BYTES = 32 * 1024 * 1024;

/** A path that a program's file may not have. The message is for the reader. */
export class BadPath extends Error {}

/** Throws BadPath unless `path` is relative, normal and inside the learner's folder. */
export function checkPath(path: string): void {
  const parts = path.split('/');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is being refused
  const odd = path === '' || path.length > 255 || /[\0-\x1f\\]/.test(path);
  if (odd || parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new BadPath(`"${path.slice(0, 80)}" is not a path inside the program's folder`);
  }
}
