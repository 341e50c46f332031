import { deflateSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { bytesOf, refusal, uint32 } from '../../test/python-files.ts';
import { readZip } from './zip.ts';
import { crc32 } from './zip-checksum.ts';
import { ZIP_LIMITS } from './zip-limits.ts';
import { writeZip } from './zip-write.ts';

const STORED = 0;
const DEFLATED = 8;

interface Part {
  readonly name: string;
  readonly content: Uint8Array;
  readonly method?: number;
  readonly size?: number;
  readonly crc?: number;
  readonly flags?: number;
  /** Points at the header of this entry instead of one of its own. */
  readonly headerOf?: number;
  readonly localName?: string;
}

const uint16 = (value: number) => [value & 255, value >> 8];

/** A zip archive written by hand, as it should be or not. */
function zipOf(parts: readonly Part[], count = parts.length): Uint8Array {
  const locals: Uint8Array[] = [];
  const starts: number[] = [];
  const records: Uint8Array[] = [];
  let at = 0;
  for (const part of parts) {
    const { name, content, method = STORED, size = content.length, crc = crc32(content), flags = 0 } = part;
    const sizes = [...uint32(crc), ...uint32(content.length), ...uint32(size)];
    const localName = part.localName ?? name;
    const common = [...uint16(flags), ...uint16(method), ...uint32(0), ...sizes];
    starts.push(part.headerOf === undefined ? at : starts[part.headerOf]);
    if (part.headerOf === undefined) {
      const local = bytesOf(
        'PK\x03\x04',
        uint16(20),
        common,
        uint16(localName.length),
        uint16(0),
        localName,
        content,
      );
      locals.push(local);
      at += local.length;
    }
    const header = bytesOf(
      'PK\x01\x02',
      uint16(20),
      uint16(20),
      common,
      uint16(name.length),
      new Uint8Array(12),
    );
    records.push(bytesOf(header, uint32(starts.at(-1)!), name));
  }
  const directory = bytesOf(...records);
  const end = bytesOf(
    'PK\x05\x06',
    uint32(0),
    uint16(count),
    uint16(count),
    uint32(directory.length),
    uint32(at),
    uint16(0),
  );
  return bytesOf(...locals, directory, end);
}

const TEXT = bytesOf('walk '.repeat(200));

test('stored and deflated entries are read, in the order of the directory', () => {
  const zip = zipSync({
    'b.txt': [TEXT, { level: 6 }],
    'a.txt': [TEXT, { level: 0 }],
    'empty.txt': new Uint8Array(0),
  });
  const entries = readZip(zip, 'a.zip');
  expect(entries.map(({ name, size }) => [name, size])).toEqual([
    ['b.txt', 1000],
    ['a.txt', 1000],
    ['empty.txt', 0],
  ]);
  for (const entry of entries.slice(0, 2)) {
    expect(entry.read()).toEqual(TEXT);
    expect(entry.head(7)).toEqual(bytesOf('walk wa'));
  }
  expect(entries[2].read()).toHaveLength(0);
});

test('an archive behind a comment, and one without entries, are read', () => {
  const zip = zipOf([{ name: 'a', content: TEXT }]);
  const commented = bytesOf(zip.subarray(0, -2), uint16(5), 'hello');
  expect(readZip(commented, 'a.zip')[0].read()).toEqual(TEXT);
  expect(readZip(zipOf([]), 'a.zip')).toEqual([]);
});

test('names are UTF-8 where they are marked, else of code page 437', () => {
  const [marked] = readZip(zipSync({ 'läuft.npy': TEXT }), 'a.zip');
  expect(marked.name).toBe('läuft.npy');
  const [old] = readZip(zipOf([{ name: 'l\x84uft.npy', content: TEXT }]), 'a.zip');
  expect(old.name).toBe('läuft.npy');
});

test('an archive written is read again, and is the same whenever it is written', () => {
  const entries = new Map([
    ['b', TEXT],
    ['a', bytesOf('x')],
  ]);
  for (const isCompressed of [false, true]) {
    const zip = writeZip(entries, isCompressed);
    expect(writeZip(entries, isCompressed)).toEqual(zip);
    expect(new Map(readZip(zip, 'a.zip').map((entry) => [entry.name, entry.read()]))).toEqual(entries);
  }
});

test('zip64 sizes are read', () => {
  const zip = zip64Of('a', TEXT);
  expect(readZip(zip, 'a.zip').map((entry) => entry.read())).toEqual([TEXT]);
  // The first field of the zip64 extra says 2^60 bytes.
  const huge = Uint8Array.from(zip);
  huge[30 + 1 + TEXT.length + 46 + 1 + 4 + 7] = 0x10;
  expect(refusal(() => readZip(huge, 'a.zip'))).toMatch(/a:? its two sizes differ|claim to inflate/);
});

/** One stored entry whose sizes and place stand in the zip64 fields alone. */
function zip64Of(name: string, content: Uint8Array): Uint8Array {
  const full = [255, 255, 255, 255];
  const uint64 = (value: number) => [...uint32(value), 0, 0, 0, 0];
  const common = [...uint16(0), ...uint16(STORED), ...uint32(0), ...uint32(crc32(content)), ...full, ...full];
  const local = bytesOf('PK\x03\x04', uint16(45), common, uint16(name.length), uint16(0), name, content);
  const extra = [
    ...uint16(1),
    ...uint16(24),
    ...uint64(content.length),
    ...uint64(content.length),
    ...uint64(0),
  ];
  const record = bytesOf(
    ...['PK\x01\x02', uint16(45), uint16(45), common, uint16(name.length), uint16(extra.length)],
    ...[new Uint8Array(10), full, name, extra],
  );
  const end64 = bytesOf(
    ...['PK\x06\x06', uint64(44), uint16(45), uint16(45), uint32(0), uint32(0)],
    ...[uint64(1), uint64(1), uint64(record.length), uint64(local.length)],
  );
  const locator = bytesOf('PK\x06\x07', uint32(0), uint64(local.length + record.length), uint32(1));
  const end = bytesOf('PK\x05\x06', uint32(0), uint16(0xffff), uint16(0xffff), full, full, uint16(0));
  return bytesOf(local, record, end64, locator, end);
}

const zeros = (size: number) => deflateSync(new Uint8Array(size), { level: 9 });

test('a bomb is refused by what it declares, before anything is inflated', () => {
  const content = zeros(2 ** 20);
  const limits = { ...ZIP_LIMITS, freeBytes: 2 ** 16 };
  const bomb = zipOf([{ name: 'a', content, method: DEFLATED, size: 2 ** 20 }]);
  expect(refusal(() => readZip(bomb, 'a.zip', limits))).toMatch(
    /^a\.zip:a: 1\d{3} bytes claim to inflate to 1048576; /,
  );
  // Two gigabytes of nothing are refused by the limits as they are.
  const claimed = zipOf([{ name: 'a', content, method: DEFLATED, size: 2 ** 31 - 1 }]);
  expect(refusal(() => readZip(claimed, 'a.zip'))).toMatch(/claim to inflate to 2147483647/);
});

test('a bomb that declares little is stopped where it exceeds that', () => {
  const bomb = zipOf([{ name: 'a', content: zeros(2 ** 24), method: DEFLATED, size: 100 }]);
  const [entry] = readZip(bomb, 'a.zip');
  expect(refusal(() => entry.read())).toMatch(/inflates to more than the 100 bytes it declares/);
  expect(refusal(() => entry.head(10))).toMatch(/inflates to more than the 100 bytes it declares/);
});

test('many entries that each are allowed are refused by their sum', () => {
  const content = zeros(2 ** 16);
  const parts = Array.from({ length: 100 }, (_, at) => ({
    name: `a${at}`,
    content,
    method: DEFLATED,
    size: 2 ** 26,
  }));
  expect(refusal(() => readZip(zipOf(parts), 'a.zip'))).toMatch(/the archive inflates to 6710886400 bytes/);
});

test('entries that share their bytes are refused', () => {
  const part = { name: 'a', content: TEXT };
  expect(refusal(() => readZip(zipOf([part, { ...part, name: 'b', headerOf: 0 }]), 'a.zip'))).toMatch(
    /another name/,
  );
  // A second entry inside the first one's bytes.
  const inner = zipOf([{ name: 'b', content: TEXT }]);
  const outer = zipOf([
    { name: 'a', content: inner },
    { name: 'b', content: TEXT, headerOf: 0 },
  ]);
  const record = outer.length - 22 - 47;
  outer.set(uint32(31), record + 42);
  expect(refusal(() => readZip(outer, 'a.zip'))).toMatch(
    /^a\.zip:b: it overlaps another entry; the file may be malicious/,
  );
});

test.each([
  [
    'two entries of one name',
    zipOf([
      { name: 'a', content: TEXT },
      { name: 'a', content: TEXT },
    ]),
    /two entries of this name/,
  ],
  [
    'an encrypted entry',
    zipOf([{ name: 'a', content: TEXT, flags: 1 }]),
    /it is encrypted; save it without a password/,
  ],
  [
    'another name in the header',
    zipOf([{ name: 'a', content: TEXT, localName: 'b' }]),
    /another name than the directory/,
  ],
  ['sizes that differ', zipOf([{ name: 'a', content: TEXT, size: 5 }]), /its two sizes differ/],
  ['a missing entry', zipOf([{ name: 'a', content: TEXT }], 2), /entry 1 of 2 is missing/],
  ['sixty thousand entries', zipOf([], 60_000), /60000 entries, at most 10000 are read/],
  ['no directory', bytesOf('PK\x03\x04', new Uint8Array(100)), /no directory at its end/],
  ['nothing', new Uint8Array(0), /no directory at its end/],
])('%s is refused', (_, zip, message) => {
  expect(refusal(() => readZip(zip, 'a.zip'))).toMatch(message);
});

test.each([
  ['a wrong checksum', { content: TEXT, crc: 1 }, /its checksum is wrong/],
  ['another method', { content: TEXT, method: 14, size: 10 }, /compressed with LZMA, which is not read/],
  [
    'damaged data',
    { content: bytesOf(7, 7, 7), method: DEFLATED, size: 10 },
    /the compressed data are damaged/,
  ],
  [
    'data that end early',
    { content: zeros(1000).subarray(0, 3), method: DEFLATED, size: 1000 },
    /damaged|inflates to/,
  ],
  [
    'fewer bytes than declared',
    { content: zeros(1000), method: DEFLATED, size: 1001 },
    /inflates to 1000 bytes, 1001 are declared/,
  ],
  [
    'megabytes behind the end of the data',
    { content: bytesOf(zeros(1000), new Uint8Array(2 ** 21)), method: DEFLATED, size: 1001 },
    /data follow the end of the compressed stream/,
  ],
])('an entry with %s is refused when it is read', (_, part, message) => {
  const [entry] = readZip(zipOf([{ name: 'a', ...part }]), 'a.zip');
  expect(refusal(() => entry.read())).toMatch(message);
});
