/** `ioctl`: what is asked of terminals, and the few questions that other files answer. */
import { failed, isFailed } from '../../kernel/errno.ts';
import { O } from '../../kernel/files/types.ts';
import type { Calls, Machine } from './calls.ts';
import type { Memory } from './memory.ts';

const TCGETS = 0x5401;
/** TCSETS, TCSETSW, TCSETSF; TCSBRK, TCXONC, TCFLSH; TIOCSWINSZ: taken note of by nobody. */
const IGNORED: ReadonlySet<number> = new Set([0x5402, 0x5403, 0x5404, 0x5409, 0x540a, 0x540b, 0x5414]);
const TIOCGWINSZ = 0x5413;
const FIONREAD = 0x541b;
const FIONBIO = 0x5421;
const FIONCLEX = 0x5450;
const FIOCLEX = 0x5451;

const [ROWS, COLUMNS] = [24, 80] as const;
/** Of a terminal as Linux opens it. */
const TERMIOS = {
  flags: [0x6500, 0x0005, 0x00bf, 0x8a3b],
  control: [3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22],
} as const;

export function terminals({ memory, files }: Machine): Calls {
  return {
    __syscall_ioctl: (fd: number, request: number, varargs: number) => {
      const argument = () => memory.u32(varargs);
      switch (request) {
        case FIONREAD: {
          const available = files().available(fd);
          if (isFailed(available)) return available;
          memory.writeI32(argument(), available);
          return 0;
        }
        case FIONBIO: {
          const flags = files().flags(fd);
          if (isFailed(flags)) return flags;
          const on = memory.i32(argument()) !== 0;
          return files().setFlags(fd, on ? flags | O.NONBLOCK : flags & ~O.NONBLOCK);
        }
        case FIOCLEX:
        case FIONCLEX:
          return files().setCloseOnExec(fd, request === FIOCLEX);
      }
      const terminal = files().isTerminal(fd);
      if (isFailed(terminal)) return terminal;
      if (terminal && IGNORED.has(request)) return 0;
      if (terminal && request === TCGETS) return writeTermios(memory, argument());
      if (terminal && request === TIOCGWINSZ) return writeSize(memory, argument());
      return failed('ENOTTY');
    },
  };
}

/** `struct termios` of 60 bytes. */
function writeTermios(memory: Memory, address: number): number {
  memory.writeFields(address, 60, (view) => {
    TERMIOS.flags.forEach((flags, n) => {
      view.setInt32(4 * n, flags, true);
    });
    TERMIOS.control.forEach((key, n) => {
      view.setUint8(17 + n, key);
    });
  });
  return 0;
}

function writeSize(memory: Memory, address: number): number {
  memory.writeFields(address, 8, (view) => {
    view.setInt16(0, ROWS, true);
    view.setInt16(2, COLUMNS, true);
  });
  return 0;
}
