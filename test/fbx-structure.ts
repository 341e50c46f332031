import { unzlibSync } from 'fflate';

/**
 * A second, stricter reading of binary FBX 7400, for tests: it follows nothing but the format's rules and throws at
 * whatever breaks one.
 */
export interface StrictRecord {
  readonly name: string;
  readonly values: readonly StrictValue[];
  readonly children: readonly StrictRecord[];
  /** Whether the list of children ends with 13 zero bytes. */
  readonly hasListEnd: boolean;
}

export type StrictValue = string | number | bigint | boolean | number[] | bigint[] | Buffer;

export interface StrictFile {
  readonly version: number;
  readonly records: readonly StrictRecord[];
}

export function readStrictFbx(bytes: Uint8Array): StrictFile {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  check(buffer.toString('latin1', 0, 23) === 'Kaydara FBX Binary  \0\x1a\0', 'magic');
  const version = buffer.readUInt32LE(23);
  const records: StrictRecord[] = [];
  let at = 27;
  while (buffer.readUInt32LE(at) !== 0) {
    const record = readRecord(buffer, at);
    records.push(record);
    at = buffer.readUInt32LE(at);
  }
  check(isZero(buffer, at, 13), 'end of the top level');
  checkFooter(buffer, at + 13, version);
  return { version, records };
}

function checkFooter(buffer: Buffer, start: number, version: number): void {
  check(buffer.toString('hex', start, start + 16) === 'fabcab09d0c8d466b176fb831cf7267e', 'footer id');
  const padded = start + 20;
  const versionAt = padded + 16 - (padded % 16);
  check(isZero(buffer, start + 16, versionAt - start - 16), 'footer padding');
  check(versionAt % 16 === 0, 'footer alignment');
  check(buffer.readUInt32LE(versionAt) === version, 'footer version');
  check(isZero(buffer, versionAt + 4, 120), 'footer zeros');
  check(buffer.toString('hex', versionAt + 124) === 'f85a8c6adef5d97eece90ce3758f290b', 'footer end');
}

function readRecord(buffer: Buffer, start: number): StrictRecord {
  const end = buffer.readUInt32LE(start);
  const valueCount = buffer.readUInt32LE(start + 4);
  const valuesLength = buffer.readUInt32LE(start + 8);
  const nameLength = buffer[start + 12];
  const name = buffer.toString('latin1', start + 13, start + 13 + nameLength);
  check(/^[A-Z][A-Za-z0-9_]*$/.test(name) || name === 'C' || name === 'P', `record name ${name}`);
  let at = start + 13 + nameLength;
  const valuesEnd = at + valuesLength;
  const values: StrictValue[] = [];
  for (let index = 0; index < valueCount; index++) {
    const [value, next] = readValue(buffer, at);
    values.push(value);
    at = next;
  }
  check(at === valuesEnd, `length of the values of ${name}`);
  const children: StrictRecord[] = [];
  const hasList = at < end;
  if (hasList) {
    while (buffer.readUInt32LE(at) !== 0) {
      children.push(readRecord(buffer, at));
      at = buffer.readUInt32LE(at);
    }
    check(isZero(buffer, at, 13), `end of the list in ${name}`);
    at += 13;
  }
  check(at === end, `end of ${name}`);
  return { name, values, children, hasListEnd: hasList };
}

function readValue(buffer: Buffer, start: number): [StrictValue, number] {
  const type = String.fromCharCode(buffer[start]);
  const at = start + 1;
  switch (type) {
    case 'C':
      return [buffer[at] === 1, at + 1];
    case 'I':
      return [buffer.readInt32LE(at), at + 4];
    case 'D':
      return [buffer.readDoubleLE(at), at + 8];
    case 'L':
      return [buffer.readBigInt64LE(at), at + 8];
    case 'S':
    case 'R': {
      const length = buffer.readUInt32LE(at);
      const content = buffer.subarray(at + 4, at + 4 + length);
      return [type === 'S' ? content.toString('latin1') : content, at + 4 + length];
    }
    default:
      return readArray(buffer, type, at);
  }
}

function readArray(buffer: Buffer, type: string, at: number): [StrictValue, number] {
  const count = buffer.readUInt32LE(at);
  const isPacked = buffer.readUInt32LE(at + 4) === 1;
  const length = buffer.readUInt32LE(at + 8);
  const stored = buffer.subarray(at + 12, at + 12 + length);
  const plain = isPacked ? Buffer.from(unzlibSync(stored)) : stored;
  const size = { i: 4, f: 4, d: 8, l: 8 }[type];
  check(size !== undefined && plain.length === count * size, `array of type ${type}`);
  const numbers = Array.from({ length: count }, (_, index) => {
    if (type === 'i') return plain.readInt32LE(index * 4);
    return type === 'f' ? plain.readFloatLE(index * 4) : type === 'd' ? plain.readDoubleLE(index * 8) : 0;
  });
  if (type !== 'l') return [numbers, at + 12 + length];
  return [Array.from({ length: count }, (_, index) => plain.readBigInt64LE(index * 8)), at + 12 + length];
}

function isZero(buffer: Buffer, at: number, length: number): boolean {
  return at + length <= buffer.length && buffer.subarray(at, at + length).every((byte) => byte === 0);
}

function check(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(`FBX structure: ${what}`);
}

/** Objects and connections of a file, for questions about it. */
export class StrictScene {
  readonly objects: readonly StrictRecord[];
  readonly settings: ReadonlyMap<string, StrictValue>;
  private readonly byId: ReadonlyMap<StrictValue, StrictRecord>;
  private readonly below = new Map<string, StrictRecord[]>();
  private readonly above = new Map<string, StrictRecord[]>();

  constructor(bytes: Uint8Array) {
    const { records } = readStrictFbx(bytes);
    const top = (name: string) => records.find((record) => record.name === name)!;
    this.objects = top('Objects').children;
    this.byId = new Map(this.objects.map((record) => [record.values[0], record]));
    this.settings = settingsOf(top('GlobalSettings'));
    for (const { values } of top('Connections').children) {
      const [, child, parent, property = ''] = values;
      const [from, to] = [this.byId.get(child), this.byId.get(parent)];
      if (!from) throw new Error(`FBX structure: connection of ${child}, which is no object`);
      const add = (map: Map<string, StrictRecord[]>, key: string, record: StrictRecord) =>
        map.set(key, [...(map.get(key) ?? []), record]);
      add(this.below, `${parent} ${property}`, from);
      if (to) add(this.above, `${child} ${property}`, to);
    }
  }

  of(kind: string, subclass?: string): StrictRecord[] {
    return this.objects.filter(
      ({ name, values }) => name === kind && (subclass === undefined || values[2] === subclass),
    );
  }

  childrenOf(record: StrictRecord, property = ''): readonly StrictRecord[] {
    return this.below.get(`${record.values[0]} ${property}`) ?? [];
  }

  parentsOf(record: StrictRecord, property = ''): readonly StrictRecord[] {
    return this.above.get(`${record.values[0]} ${property}`) ?? [];
  }

  /** Places of the nodes in the bind pose by id; throws where one is turned or scaled, or the count is wrong. */
  bindPlaces(): ReadonlyMap<StrictValue, number[]> {
    const [pose] = this.of('Pose', 'BindPose');
    const nodes = pose.children.filter(({ name }) => name === 'PoseNode');
    check(fieldOf(pose, 'NbPoseNodes') === nodes.length, 'number of nodes in the bind pose');
    return new Map(
      nodes.map((node) => {
        const matrix = fieldOf(node, 'Matrix') as number[];
        check(
          matrix.slice(0, 12).join() === '1,0,0,0,0,1,0,0,0,0,1,0',
          'a node that is turned in the bind pose',
        );
        return [fieldOf(node, 'Node')!, matrix.slice(12, 15)];
      }),
    );
  }
}

export function nameOf({ values }: StrictRecord): string {
  return String(values[1]).split('\0\x01')[0];
}

export function settingsOf(record: StrictRecord): ReadonlyMap<string, StrictValue> {
  const list = record.children.find(({ name }) => name === 'Properties70')?.children ?? [];
  return new Map(
    list.map(({ values }) => [
      String(values[0]),
      values.length > 5 ? (values.slice(4) as number[]) : values[4],
    ]),
  );
}

export function fieldOf(record: StrictRecord, name: string): StrictValue | undefined {
  return record.children.find((child) => child.name === name)?.values[0];
}
