/** The machine's name table: what `nslookup` and `gethostbyname` know. Nothing ever reaches a real network. */
import type { NameTable } from '../commands/types.ts';
import type { HostSpec } from '../kernel/hosts/types.ts';

/** The same in a world, with its hosts. */
export function namesOf(hosts: readonly HostSpec[], host: string): NameTable {
  const records = new Map(NAMES.records);
  records.delete('learner');
  for (const { name, address, aliases = [] } of hosts) {
    records.set(name, { addresses: [address] });
    for (const alias of aliases) records.set(alias, { alias: name, addresses: [address] });
  }
  return { server: NAMES.server, records, host };
}

export const NAMES: NameTable = {
  server: '127.0.0.53',
  records: new Map([
    ['localhost', { addresses: ['127.0.0.1'] }],
    ['learner', { addresses: ['127.0.1.1'] }],
    ['python.org', { addresses: ['192.0.2.10'], mail: [{ preference: 50, host: 'mail.python.org' }] }],
    ['www.python.org', { alias: 'python.map.fastly.net', addresses: ['199.27.79.223'] }],
    ['python.map.fastly.net', { addresses: ['199.27.79.223'] }],
    ['mail.python.org', { addresses: ['82.94.164.166', '2001:888:2000:d::a6'] }],
    ['example.com', { addresses: ['192.0.2.80'] }],
    ['www.example.com', { alias: 'example.com', addresses: ['192.0.2.80'] }],
  ]),
};
