/** Where and when every program starts. */

/** The learner's folder: its home and its working directory. */
export const HOME = '/home/learner';
/** Second since 1970 at which the virtual clock starts: the first of 2026. Files are as old. */
export const EPOCH = 1_767_225_600;

/** Where the machine's Python is. */
export const PYTHON = '/usr/bin/python3';
/** Where the packages are that do not belong to Python's own library; on sys.path. */
export const SITE = '/lib/python3.14/site-packages';

/** Of the terminal, and so of every program that is started there. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  HOME,
  USER: 'learner',
  LOGNAME: 'learner',
  PATH: '/usr/bin:/bin',
  LANG: 'C.UTF-8',
  PWD: HOME,
  SHELL: '/bin/sh',
  PYTHONHASHSEED: '0',
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONUTF8: '1',
  PYTHON_COLORS: '0',
};

/** A file's path as the reader knows it: without the learner's folder. */
export function inHome(path: string): string {
  return path.startsWith(`${HOME}/`) ? path.slice(HOME.length + 1) : path;
}
