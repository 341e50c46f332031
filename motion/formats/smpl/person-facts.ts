import { FormatError } from '../../errors.ts';
import { medianOverFrames } from '../../skeleton/fitted-skeleton.ts';
import { isPyArray, type PyDict, type PyValue } from '../python/py-value.ts';
import type { SmplTrack } from '../tracks.ts';
import { optionalTensor, shapeText, tensorOf, unwrap } from './py-tensor.ts';

/** Shape coefficients: (B,) or (N, B), of which the median over frames is taken. Null where the key is missing. */
export function readBetas(dict: PyDict, key: string, source: string): Float64Array | null {
  const tensor = optionalTensor(dict, key, source, '(B,) or (N, B)');
  if (tensor === null || tensor.data.length === 0) return null;
  const count = tensor.shape.at(-1) ?? 0;
  if (tensor.shape.length < 1 || tensor.shape.length > 3 || count > 400) {
    throw new FormatError(
      source,
      key,
      `has the shape ${shapeText(tensor.shape)}`,
      'expected (10,) or (N, 10)',
    );
  }
  const rows = tensor.data.length / count;
  const betas = Float64Array.from({ length: count }, (_, beta) =>
    medianOverFrames(rows, (row) => tensor.data[row * count + beta]),
  );
  return betas.every(Number.isFinite) ? betas : null;
}

/** `male`, `m`, `b'female'`, wrapped or not. */
export function readGender(value: PyValue | undefined): SmplTrack['gender'] {
  const inner = unwrap(value);
  const item = isPyArray(inner) ? inner.items?.[0] : inner;
  const text = item instanceof Uint8Array ? String.fromCharCode(...item) : item;
  if (typeof text !== 'string') return null;
  const word = text
    .trim()
    .replace(/^b'(.*)'$/, '$1')
    .toLowerCase();
  return (
    (['neutral', 'male', 'female'] as const).find((gender) => word !== '' && gender.startsWith(word)) ?? null
  );
}

const RATE_KEYS = ['mocap_framerate', 'mocap_frame_rate', 'fps', 'frame_rate', 'framerate'] as const;

/** Frames per second under any of the keys in use, null where there is none. */
export function readFps(dict: PyDict, source: string): number | null {
  for (const key of RATE_KEYS) {
    const value = unwrap(dict.get(key));
    if (value === undefined || value === null) continue;
    const tensor = tensorOf(value);
    const fps = tensor?.data.length === 1 ? tensor.data[0] : Number.NaN;
    if (fps > 0 && Number.isFinite(fps)) return fps;
    throw new FormatError(source, key, 'is no frame rate', 'expected frames per second, one number above 0');
  }
  return null;
}

/** What a person is called in the file, as text. */
export function idText(key: PyValue): string {
  return typeof key === 'string' ? key : String(key);
}
