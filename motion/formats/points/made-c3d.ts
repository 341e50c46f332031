/** Small C3D files for tests. */
export interface MadeC3d {
  readonly labels: readonly string[];
  /** [frame][point][xyz]; NaN = not measured. */
  readonly positions: Float64Array;
  readonly processor?: 84 | 85 | 86;
  readonly isFloat?: boolean;
  readonly unit?: string;
  readonly rate?: number;
  readonly analogs?: number;
  /** What the header and POINT:FRAMES claim. */
  readonly claimedFrames?: number;
  readonly longFrames?: number;
  readonly upAxis?: string;
}

const BLOCK = 512;

export function madeC3d(made: MadeC3d): Uint8Array {
  const { labels, positions, processor = 84, isFloat = true, unit = 'mm', rate = 100, analogs = 0 } = made;
  const frames = positions.length / (labels.length * 3);
  const claimed = made.claimedFrames ?? frames;
  const isLittle = processor !== 86;
  const scale = isFloat ? -1 : 0.1;
  const float = (value: number): number[] => {
    const view = new DataView(new ArrayBuffer(4));
    view.setFloat32(0, processor === 85 ? value * 4 : value, processor === 85 ? false : isLittle);
    const [a, b, c, d] = new Uint8Array(view.buffer);
    return processor === 85 ? [b, a, d, c] : [a, b, c, d];
  };
  const int = (value: number): number[] => {
    const word = value & 0xffff;
    return isLittle ? [word & 255, word >> 8] : [word >> 8, word & 255];
  };
  const text = (value: string): number[] => [...value].map((character) => character.charCodeAt(0));
  const record = (group: number, name: string, body: readonly number[], isLast = false): number[] => [
    name.length,
    group & 255,
    ...text(name),
    ...int(isLast ? 0 : body.length + 2),
    ...body,
  ];
  const width = Math.max(4, ...labels.map((label) => label.length));
  const parts = Math.ceil(labels.length / 255);
  const labelRecords = Array.from({ length: parts }, (_, part) => {
    const own = labels.slice(part * 255, (part + 1) * 255);
    const body = [255, 2, width, own.length, ...own.flatMap((label) => text(label.padEnd(width))), 0];
    return record(1, `LABELS${part === 0 ? '' : part + 1}`, body);
  });
  const parameters = (dataBlock: number): number[] =>
    [
      record(-1, 'POINT', [0]),
      record(1, 'USED', [2, 0, ...int(labels.length), 0]),
      record(1, 'SCALE', [4, 0, ...float(scale), 0]),
      record(1, 'RATE', [4, 0, ...float(rate), 0]),
      record(1, 'FRAMES', [2, 0, ...int(Math.min(claimed, 65_535)), 0]),
      record(1, 'DATA_START', [2, 0, ...int(dataBlock), 0]),
      made.longFrames === undefined ? [] : record(1, 'LONG_FRAMES', [4, 0, ...float(made.longFrames), 0]),
      made.upAxis === undefined ? [] : record(1, 'Y_SCREEN', [255, 1, 2, ...text(made.upAxis), 0]),
      ...labelRecords,
      record(1, 'UNITS', [255, 1, unit.length, ...text(unit), 0], true),
    ].flat();
  const blocks = Math.ceil((4 + parameters(0).length) / BLOCK);
  const dataBlock = 2 + blocks;
  const data: number[] = [];
  for (let frame = 0; frame < frames; frame++) {
    for (let point = 0; point < labels.length; point++) {
      const xyz = [...positions.subarray((frame * labels.length + point) * 3).subarray(0, 3)];
      const isMissing = xyz.some(Number.isNaN);
      const shown = isMissing ? [0, 0, 0] : xyz;
      if (isFloat) data.push(...shown.flatMap(float), ...float(isMissing ? -1 : 0));
      else data.push(...shown.flatMap((value) => int(Math.round(value / scale))), ...int(isMissing ? -1 : 0));
    }
    for (let analog = 0; analog < analogs; analog++) data.push(...(isFloat ? float(7) : int(7)));
  }
  const header = new Array<number>(BLOCK).fill(0);
  header.splice(0, 2, 2, 0x50);
  header.splice(2, 8, ...int(labels.length), ...int(analogs), ...int(1), ...int(Math.min(claimed, 65_535)));
  header.splice(12, 4, ...float(scale));
  header.splice(16, 2, ...int(dataBlock));
  header.splice(20, 4, ...float(rate));
  const section = [1, 0x50, blocks, processor, ...parameters(dataBlock)];
  const bytes = new Uint8Array((1 + blocks) * BLOCK + data.length);
  bytes.set(header);
  bytes.set(section, BLOCK);
  bytes.set(data, (1 + blocks) * BLOCK);
  return bytes;
}
