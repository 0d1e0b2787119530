/** `poll`, which the C library makes `select` of, too. */
import { failed } from '../../kernel/errno.ts';
import { POLL } from '../../kernel/files/types.ts';
import { answer, type Calls, type Machine } from './calls.ts';

/** RLIMIT_NOFILE. */
const MOST = 1024;
/** Other words for the same: POLLRDNORM, POLLWRNORM. */
const [READ_NORMAL, WRITE_NORMAL] = [0x40, 0x100] as const;

export function polling({ memory, files }: Machine): Calls {
  return {
    __syscall_poll: (address: number, count: number, timeout: number) => {
      if (count < 0 || count > MOST) return failed('EINVAL');
      memory.check(address, 8 * count);
      const asked = Array.from({ length: count }, (_, n) => {
        const at = address + 8 * n;
        return { fd: memory.i32(at), events: memory.i16(at + 4) };
      });
      const questions = asked.map(({ fd, events }) => ({ fd, events: toKernel(events) }));
      return answer(files().poll(questions, timeout < 0 ? null : timeout / 1e3), (found) => {
        let answered = 0;
        asked.forEach(({ events }, n) => {
          const bits = toC(found[n] ?? 0, events);
          memory.writeI16(address + 8 * n + 6, bits);
          if (bits !== 0) answered++;
        });
        return answered;
      });
    },
  };
}

function toKernel(events: number): number {
  let bits = events & (POLL.IN | POLL.PRI | POLL.OUT | POLL.RDHUP);
  if (events & READ_NORMAL) bits |= POLL.IN;
  if (events & WRITE_NORMAL) bits |= POLL.OUT;
  return bits;
}

/** Only what was asked for, and what is always answered. */
function toC(found: number, events: number): number {
  let bits = found & (events | POLL.ERR | POLL.HUP | POLL.NVAL);
  if (found & POLL.IN) bits |= events & READ_NORMAL;
  if (found & POLL.OUT) bits |= events & WRITE_NORMAL;
  return bits;
}
