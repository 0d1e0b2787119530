/** The names that the virtual name server knows: those that the course's programs ask for. */
import type { NameRecord, NameTable } from './types.ts';

const RECORDS: Readonly<Record<string, NameRecord>> = {
  localhost: { addresses: ['127.0.0.1'] },
  'www.python.org': { alias: 'python.map.fastly.net', addresses: [] },
  'python.map.fastly.net': { addresses: ['199.27.79.223'] },
  'python.org': { addresses: ['23.253.135.79'], mail: [{ preference: 50, host: 'mail.python.org' }] },
  'mail.python.org': { addresses: ['82.94.164.166', '2001:888:2000:d::a6'] },
  'example.com': { addresses: ['192.0.2.10'] },
  'www.example.com': { addresses: ['192.0.2.10'] },
};

export const COURSE_NAMES: NameTable = { server: '192.168.19.4', records: new Map(Object.entries(RECORDS)) };
