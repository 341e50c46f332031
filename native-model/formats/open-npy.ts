import { readNpy } from '../../motion/formats/npy-read.ts';
import { readPositions } from './npy-content.ts';
import type { ClipContent, OpenOptions } from './open-clip.ts';
import { openPositions } from './open-positions.ts';

/** An array of joint positions. @throws FormatError for an array that holds none */
export function openNpy(bytes: Uint8Array, path: string, options: OpenOptions): ClipContent {
  const npy = readPositions(readNpy(bytes, path), path, options.layout);
  const { shape, dtype } = npy.array;
  const claims = { producer: '', fps: null, unit: null, up: null, layouts: npy.layouts };
  const content = openPositions(npy, path, claims, options);
  const shown = { name: 'shape', value: `(${shape.join(', ')}) of ${dtype.kind}${dtype.itemBytes * 8}` };
  const [frames, ...facts] = content.facts;
  return { ...content, facts: [frames, shown, ...facts] };
}
