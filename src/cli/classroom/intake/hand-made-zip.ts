/** For the tests: zip archives written byte by byte, with whatever a library refuses to write. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface HandMade {
  readonly name: string | Uint8Array;
  /** Packed with deflate unless `stored`. */
  readonly contents?: string | Uint8Array;
  readonly stored?: boolean;
  /** Unix mode: 0o120777 is a link. */
  readonly mode?: number;
  /** General purpose bits: 1 is encrypted, 0x800 says that names are UTF-8. */
  readonly flags?: number;
  /** Instead of the true ones. */
  readonly method?: number;
  readonly declaredSize?: number;
  readonly checksum?: number;
  /** The entry's data is that of the entry with this index: they overlap. */
  readonly sameAs?: number;
}

export function handMadeZip(entries: readonly HandMade[], { count = entries.length } = {}): Buffer {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  const offsets: number[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const contents = Buffer.from(entry.contents ?? '');
    const packed = entry.stored ? contents : deflateRawSync(contents);
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE(entry.flags ?? 0, 2);
    header.writeUInt16LE(entry.method ?? (entry.stored ? 0 : 8), 4);
    header.writeUInt32LE(entry.checksum ?? crc32(contents), 10);
    header.writeUInt32LE(packed.length, 14);
    header.writeUInt32LE(entry.declaredSize ?? contents.length, 18);
    header.writeUInt16LE(name.length, 22);
    const offset = entry.sameAs === undefined ? at : (offsets[entry.sameAs] ?? 0);
    offsets.push(offset);
    if (entry.sameAs === undefined) {
      const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), header, name, packed]);
      parts.push(local);
      at += local.length;
    }
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((entry.mode ?? 0) << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    list.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), header, rest, name]));
  }
  const listed = Buffer.concat(list);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, listed, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
