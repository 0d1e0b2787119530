/** Where and when every program starts. */

/** The learner's folder: its home and its working directory. */
export const HOME = '/home/learner';
/** Second since 1970 at which the virtual clock starts: the first of 2026. Files are as old. */
export const EPOCH = 1_767_225_600;

/** A file's path as the reader knows it: without the learner's folder. */
export function inHome(path: string): string {
  return path.startsWith(`${HOME}/`) ? path.slice(HOME.length + 1) : path;
}
