/** What MONITOR shows of a command. */
import { quoted } from './bytes.ts';
import type { Client } from './client.ts';

export function monitorLine(now: number, { db, address }: Client, words: readonly string[]): string {
  const time = `${Math.floor(now / 1000)}.${String(Math.floor(now % 1000) * 1000).padStart(6, '0')}`;
  return `${time} [${db.index} ${address}] ${words.map(quoted).join(' ')}`;
}
