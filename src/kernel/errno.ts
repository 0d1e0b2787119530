/** Why a system call failed, by Linux's names. Which numbers a C library has for them is the interpreter's business. */

export type ErrnoName =
  | 'E2BIG'
  | 'EACCES'
  | 'EADDRINUSE'
  | 'EADDRNOTAVAIL'
  | 'EAFNOSUPPORT'
  | 'EAGAIN'
  | 'EALREADY'
  | 'EBADF'
  | 'EBUSY'
  | 'ECHILD'
  | 'ECONNABORTED'
  | 'ECONNREFUSED'
  | 'ECONNRESET'
  | 'EDEADLK'
  | 'EDESTADDRREQ'
  | 'EEXIST'
  | 'EFAULT'
  | 'EFBIG'
  | 'EHOSTUNREACH'
  | 'EINPROGRESS'
  | 'EINTR'
  | 'EINVAL'
  | 'EIO'
  | 'EISCONN'
  | 'EISDIR'
  | 'ELOOP'
  | 'EMFILE'
  | 'EMSGSIZE'
  | 'ENAMETOOLONG'
  | 'ENETUNREACH'
  | 'ENFILE'
  | 'ENOBUFS'
  | 'ENODEV'
  | 'ENOENT'
  | 'ENOEXEC'
  | 'ENOLCK'
  | 'ENOMEM'
  | 'ENOPROTOOPT'
  | 'ENOSPC'
  | 'ENOSYS'
  | 'ENOTCONN'
  | 'ENOTDIR'
  | 'ENOTEMPTY'
  | 'ENOTSOCK'
  | 'ENOTTY'
  | 'ENXIO'
  | 'EOPNOTSUPP'
  | 'EPERM'
  | 'EPIPE'
  | 'EPROTONOSUPPORT'
  | 'EPROTOTYPE'
  | 'EROFS'
  | 'ESOCKTNOSUPPORT'
  | 'ESPIPE'
  | 'ESRCH'
  | 'ETIMEDOUT'
  | 'ETOOMANYREFS'
  | 'EXDEV';

/** The answer of a call that failed. Plain data: it crosses between workers. */
export interface Failed {
  readonly errno: ErrnoName;
}

export function failed(errno: ErrnoName): Failed {
  return { errno };
}

export function isFailed(answer: unknown): answer is Failed {
  return typeof answer === 'object' && answer !== null && 'errno' in answer;
}
