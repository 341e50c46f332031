import type { FormatError } from '../../errors.ts';
import { ByteCursor } from './byte-cursor.ts';
import { DAMAGED, type PickleFail, type PickleSession, SAVE_PLAIN } from './pickle-context.ts';
import { runPickle } from './pickle-machine.ts';
import { isPyDict, isPyObject, type PyValue } from './py-value.ts';
import { storageDtype, storageObject, type TorchStorage } from './torch-storage.ts';

/** The first pickle of a file that PyTorch before 1.6 wrote. */
const MAGIC_NUMBER = 0x1950a86a20f9469cfc6cn;
const PROTOCOL_VERSION = 1001;

/** The bytes with which such a file begins: protocol 2, LONG1 of ten bytes, the magic number. */
const MAGIC_BYTES = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];

export function isTorchLegacy(bytes: Uint8Array): boolean {
  return MAGIC_BYTES.every((byte, at) => bytes[at] === byte);
}

/** A storage whose bytes come after the pickle that names it. */
interface LateStorage {
  readonly itemBytes: number;
  readonly itemCount: number;
  bytes: Uint8Array | null;
}

/**
 * Reads the form of PyTorch before 1.6, in which PyTorch still pickles single storages: a magic number, a version,
 * the writer's sizes, the value, the storages' keys (a pickle each), then the storages.
 */
export function readTorchLegacy(cursor: ByteCursor, session: PickleSession): PyValue {
  const storages = new Map<string, LateStorage>();
  const inner: PickleSession = {
    ...session,
    hasInlineArrays: false,
    readTorchBytes: null,
    resolvePersistent: (id, fail) => resolveStorage(id, storages, fail),
  };
  const fail = (problem: string, advice = DAMAGED): FormatError => cursor.failAt(cursor.at, problem, advice);
  if (runPickle(cursor, inner) !== MAGIC_NUMBER) throw fail('the magic number of PyTorch is missing');
  if (runPickle(cursor, inner) !== PROTOCOL_VERSION)
    throw fail('an unknown version of the PyTorch format', SAVE_PLAIN);
  const system = runPickle(cursor, inner);
  if (isPyDict(system) && system.get('little_endian') === false)
    throw fail('its numbers are big-endian', SAVE_PLAIN);
  const value = runPickle(cursor, inner);
  const keys = runPickle(cursor, inner);
  if (!Array.isArray(keys)) throw fail('the list of storages is missing');
  for (const key of keys) {
    const storage = storages.get(String(key));
    if (storage === undefined) throw fail('it holds a storage that nothing refers to');
    const itemCount = cursor.uint64();
    if (itemCount !== storage.itemCount)
      throw fail(`a storage has ${itemCount} items, not ${storage.itemCount}`);
    storage.bytes = cursor.take(itemCount * storage.itemBytes);
  }
  for (const { bytes } of storages.values()) if (bytes === null) throw fail('a storage is missing');
  return value;
}

/** Reads the file that a single storage is pickled as. */
export function readTorchStorageBytes(bytes: Uint8Array, outer: ByteCursor, session: PickleSession): PyValue {
  const place = `${outer.place === '' ? '' : `${outer.place}, `}byte ${outer.at}, storage`;
  return readTorchLegacy(new ByteCursor(bytes, outer.source, place), session);
}

/** `('storage', type, key, location, item count, view)`; a view is `(key, offset, item count)` of another's items. */
function resolveStorage(id: PyValue, storages: Map<string, LateStorage>, fail: PickleFail): PyValue {
  const [kind, type, key, , itemCount, view] = Array.isArray(id) ? id : [];
  const className = isPyObject(type) ? type.className : '';
  const dtype = storageDtype(className);
  const isKnown =
    kind === 'storage' && dtype !== undefined && (typeof key === 'string' || typeof key === 'number');
  if (!isKnown || !isCount(itemCount)) throw fail('it refers to what is no storage', SAVE_PLAIN);
  const [, offset, viewCount] = Array.isArray(view) ? view : [null, 0, itemCount];
  if (!isCount(offset) || !isCount(viewCount) || offset + viewCount > itemCount)
    throw fail('a view beyond its storage');

  let storage = storages.get(String(key));
  if (storage === undefined) {
    storage = { itemBytes: dtype.itemBytes, itemCount, bytes: null };
    storages.set(String(key), storage);
  }
  if (storage.itemCount !== itemCount || storage.itemBytes !== dtype.itemBytes) {
    throw fail('one storage with two sizes');
  }
  const found = storage;
  const start = offset * dtype.itemBytes;
  const byteCount = viewCount * dtype.itemBytes;
  const late: TorchStorage = {
    dtype,
    byteCount,
    fetch: () => found.bytes?.subarray(start, start + byteCount) ?? new Uint8Array(0),
  };
  return storageObject(className, late);
}

function isCount(value: PyValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
