/** How errors and names are put into messages: as glibc and GNU coreutils do. */
import type { ErrnoName } from '../kernel/errno.ts';

const REASONS: Readonly<Partial<Record<ErrnoName, string>>> = {
  E2BIG: 'Argument list too long',
  EACCES: 'Permission denied',
  EAGAIN: 'Resource temporarily unavailable',
  EBADF: 'Bad file descriptor',
  EBUSY: 'Device or resource busy',
  ECHILD: 'No child processes',
  EEXIST: 'File exists',
  EFBIG: 'File too large',
  EINTR: 'Interrupted system call',
  EINVAL: 'Invalid argument',
  EIO: 'Input/output error',
  EISDIR: 'Is a directory',
  ELOOP: 'Too many levels of symbolic links',
  EMFILE: 'Too many open files',
  ENAMETOOLONG: 'File name too long',
  ENOENT: 'No such file or directory',
  ENOEXEC: 'Exec format error',
  ENOMEM: 'Cannot allocate memory',
  ENOSPC: 'No space left on device',
  ENOSYS: 'Function not implemented',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  EOPNOTSUPP: 'Operation not supported',
  EPERM: 'Operation not permitted',
  EPIPE: 'Broken pipe',
  EROFS: 'Read-only file system',
  ESPIPE: 'Illegal seek',
  ESRCH: 'No such process',
  EXDEV: 'Invalid cross-device link',
};

/** What strerror says. */
export function reason({ errno }: { readonly errno: ErrnoName }): string {
  return REASONS[errno] ?? errno;
}

/** A name in a message: 'x', or "it's", with what cannot be printed as `$'\n'`. */
export function quoted(name: string): string {
  if (/\p{Cc}/u.test(name)) {
    const parts = name.split(/(\p{Cc}+)/u).map((part, i) => {
      if (i % 2 === 0) return `'${part.replaceAll("'", "'\\''")}'`;
      return `$'${[...part].map(escaped).join('')}'`;
    });
    return parts.filter((part, i) => i === 0 || part !== "''").join('');
  }
  if (!name.includes("'")) return `'${name}'`;
  return /["$`\\!]/.test(name) ? `'${name.replaceAll("'", "'\\''")}'` : `"${name}"`;
}

/** A name in a message that has quotes only if it needs them. */
export function maybeQuoted(name: string): string {
  return /^[^\s\p{Cc}'"$`\\!*?[\](){};&|<>^]+$/u.test(name) && !/^[#~=]/.test(name) ? name : quoted(name);
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\x07': '\\a', '\b': '\\b' };

function escaped(character: string): string {
  return ESCAPES[character] ?? `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}
