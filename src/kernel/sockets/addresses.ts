/** Addresses of the internet's fourth version and of files, as people write them. */
import type { Address, InetAddress } from './types.ts';

/** 0.0.0.0: all addresses of this host. */
export const ANY = 0;
export const LOOPBACK = 0x7f000001;
export const BROADCAST = 0xffffffff;

export function inet(host: number, port: number): InetAddress {
  return { family: 'inet', host: host >>> 0, port };
}

export function spell(address: Address | null): string {
  if (address === null) return 'nobody';
  if (address.family === 'inet') return `${spellHost(address.host)}:${address.port}`;
  return address.path.startsWith('\0') ? `@${address.path.slice(1)}` : address.path;
}

export function spellHost(host: number): string {
  return [24, 16, 8, 0].map((shift) => (host >>> shift) & 255).join('.');
}

/** `127.0.0.1`, and nothing shorter; null: it is no number. */
export function parseHost(text: string): number | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null;
  const parts = text.split('.').map(Number);
  return parts.some((part) => part > 255) ? null : parts.reduce((host, part) => host * 256 + part, 0);
}

/** Whether it is 127.0.0.0/8. */
export function isLoopback(host: number): boolean {
  return host >>> 24 === 127;
}
