/** How much memory a process has, where the system tells: Linux. */
import { readFileSync } from 'node:fs';

/** Megabytes; null: nobody knows, or it has ended. */
export function residentOf(pid: number): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1000;
  } catch {
    return null;
  }
}
