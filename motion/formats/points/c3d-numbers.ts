/** Reads numbers as the computer had them that wrote a C3D file. Past the end all are 0. */
export interface C3dNumbers {
  readonly length: number;
  int8(at: number): number;
  uint8(at: number): number;
  int16(at: number): number;
  uint16(at: number): number;
  float32(at: number): number;
}

/** Byte 4 of the parameter section. */
const INTEL = 84;
const DEC = 85;
const SGI = 86;

/** The reader for a processor type of the parameter section; null for a number that is none. */
export function c3dNumbers(bytes: Uint8Array, processor: number): C3dNumbers | null {
  if (processor !== INTEL && processor !== DEC && processor !== SGI) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittle = processor !== SGI;
  const has = (at: number, count: number): boolean => at >= 0 && at + count <= bytes.length;
  const ieee = (at: number): number => (has(at, 4) ? view.getFloat32(at, isLittle) : 0);
  const swapped = new DataView(new ArrayBuffer(4));
  /** VAX F format: the halves are exchanged, and the exponent counts two more. */
  const vax = (at: number): number => {
    if (!has(at, 4)) return 0;
    swapped.setUint16(0, view.getUint16(at, true));
    swapped.setUint16(2, view.getUint16(at + 2, true));
    return swapped.getFloat32(0) / 4;
  };
  return {
    length: bytes.length,
    int8: (at) => (has(at, 1) ? view.getInt8(at) : 0),
    uint8: (at) => (has(at, 1) ? view.getUint8(at) : 0),
    int16: (at) => (has(at, 2) ? view.getInt16(at, isLittle) : 0),
    uint16: (at) => (has(at, 2) ? view.getUint16(at, isLittle) : 0),
    float32: processor === DEC ? vax : ieee,
  };
}
