import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { FormatError } from '../motion/errors.ts';
import { isPyArray, isPyDict, isPyObject, type PyValue } from '../motion/formats/python/py-value.ts';

/** A file of fixtures/python, in memory of its own. */
export function pythonFile(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(import.meta.dirname, '..', 'fixtures', 'python', name)));
}

/** What fixtures/make_python_files.py fills arrays with: frame + column / 8, three frames of four columns. */
export const POSES = Float64Array.from({ length: 12 }, (_, at) => Math.floor(at / 4) + (at % 4) / 8);

/** Text (one byte a character), one byte, or bytes. */
export type Part = string | number | Uint8Array | readonly number[];

/** The bytes of parts, one after another: a file written by hand. */
export function bytesOf(...parts: readonly Part[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => {
      if (typeof part === 'string') return Array.from(part, (character) => character.charCodeAt(0));
      return typeof part === 'number' ? [part] : [...part];
    }),
  );
}

/** A length of four bytes, as opcodes have it. */
export function uint32(value: number): number[] {
  return [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >>> 24) & 255];
}

/** The value's arrays, dicts and objects as plain data to compare with. Everything in it is read. */
export function plain(value: PyValue): unknown {
  if (isPyArray(value)) {
    const { shape, dtype, data, items } = value;
    return { shape, dtype, values: data === null ? items!.map(plain) : [...data] };
  }
  if (isPyDict(value)) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  if (isPyObject(value)) return { ...value, args: value.args.map(plain), state: plain(value.state) };
  if (Array.isArray(value)) return value.map(plain);
  return value instanceof Uint8Array ? [...value] : value;
}

/** The message with which something is refused; anything but a FormatError fails the test. */
export function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return (error as Error).message;
  }
  throw new Error('it was not refused');
}

/** Whether something reads, or is refused as a file should be: with source, place and advice. */
export function isReadOrRefused(read: () => unknown): 'read' | 'refused' {
  try {
    read();
    return 'read';
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    if (error.source === '' || error.place === '' || error.advice === '') {
      throw new Error(`'${error.message}' lacks its source, place or advice`);
    }
    return 'refused';
  }
}
