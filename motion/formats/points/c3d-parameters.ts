import { decodeText } from '../text-bytes.ts';
import type { C3dNumbers } from './c3d-numbers.ts';

export interface C3dParameter {
  /** Numbers, or for text its bytes, in the file's order. */
  readonly values: readonly number[];
  /** Texts of a character parameter, whose first dimension is their length. */
  readonly texts: readonly string[];
}

/** `POINT:LABELS` to parameter, in capitals. */
export type C3dParameters = ReadonlyMap<string, C3dParameter>;

const CHARACTER = -1;
const BYTES: Readonly<Record<number, number>> = { [-1]: 1, 1: 1, 2: 2, 4: 4 };
const MOST_RECORDS = 10_000;

/**
 * Groups and parameters from their first record on. A section that is damaged ends where it makes no sense: what the
 * data need is checked by whoever needs it.
 */
export function c3dParameters(bytes: Uint8Array, numbers: C3dNumbers, start: number): C3dParameters {
  const groups = new Map<number, string>();
  const found: { readonly group: number; readonly name: string; readonly parameter: C3dParameter }[] = [];
  let at = start;
  for (let record = 0; record < MOST_RECORDS; record++) {
    const length = Math.abs(numbers.int8(at));
    const group = numbers.int8(at + 1);
    const link = at + 2 + length;
    if (length === 0 || group === 0 || link + 2 > bytes.length) break;
    const name = decodeText(bytes, at + 2, link)
      .trim()
      .toUpperCase();
    if (group < 0) groups.set(-group, name);
    else found.push({ group, name, parameter: readParameter(bytes, numbers, link + 2) });
    const step = numbers.uint16(link);
    if (step === 0) break;
    at = link + step;
  }
  const parameters = new Map<string, C3dParameter>();
  for (const { group, name, parameter } of found) {
    const key = `${groups.get(group) ?? ''}:${name}`;
    if (!parameters.has(key)) parameters.set(key, parameter);
  }
  return parameters;
}

/** Type, dimensions, values. */
function readParameter(bytes: Uint8Array, numbers: C3dNumbers, at: number): C3dParameter {
  const type = numbers.int8(at);
  const size = BYTES[type];
  const axes = numbers.uint8(at + 1);
  const dimensions = Array.from({ length: Math.min(axes, 7) }, (_, axis) => numbers.uint8(at + 2 + axis));
  const first = at + 2 + axes;
  const count = dimensions.reduce((product, length) => product * length, 1);
  if (size === undefined || axes > 7 || first + count * size > bytes.length) return { values: [], texts: [] };
  if (type === CHARACTER) {
    const width = dimensions[0] ?? 1;
    const texts = Array.from({ length: width === 0 ? 0 : count / width }, (_, index) =>
      decodeText(bytes, first + index * width, first + (index + 1) * width)
        .replace(/\0/g, ' ')
        .trim(),
    );
    return { values: [], texts };
  }
  const read = type === 4 ? numbers.float32 : type === 2 ? numbers.uint16 : numbers.uint8;
  return { values: Array.from({ length: count }, (_, index) => read(first + index * size)), texts: [] };
}
