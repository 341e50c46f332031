import { readFileSync } from 'node:fs';

const SAMPLES = new URL('../assets/samples/', import.meta.url);

/** The first frames of the noisy sample as the text of a BVH file. */
export function sampleBvh(frameCount: number): string {
  const lines = readFileSync(new URL('performance-noisy.bvh', SAMPLES), 'utf8').split('\n');
  const frames = lines.findIndex((line) => line.startsWith('Frames:'));
  const head = [...lines.slice(0, frames), `Frames: ${frameCount}`, lines[frames + 1]];
  return `${[...head, ...lines.slice(frames + 2, frames + 2 + frameCount)].join('\n')}\n`;
}

/** The same sample's positions, float32, shape [frame][17][xyz]. */
export function samplePositions(frameCount: number): Float32Array {
  const bytes = readFileSync(new URL('performance-noisy.npy', SAMPLES));
  const headerLength = 10 + bytes.readUInt16LE(8);
  const values = bytes.subarray(headerLength, headerLength + frameCount * 17 * 3 * 4);
  return new Float32Array(values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength));
}

/** An NPY file, version 1.0. */
export function npyBytes(dtype: string, shape: readonly number[], data: Uint8Array): Uint8Array {
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '${dtype}', 'fortran_order': False, 'shape': (${dims}), }`;
  const padded = `${header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11)}\n`;
  const length = [padded.length & 255, padded.length >> 8];
  return Uint8Array.from([0x93, ...Buffer.from('NUMPY'), 1, 0, ...length, ...Buffer.from(padded), ...data]);
}

export function sampleNpy(frameCount: number): Uint8Array {
  return positionsNpy(samplePositions(frameCount), 17, 3);
}

export function positionsNpy(values: Float32Array, joints: number, dimensions: number): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return npyBytes('<f4', [values.length / (joints * dimensions), joints, dimensions], bytes);
}
