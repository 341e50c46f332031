import { FormatError } from '../../errors.ts';
import { latin1Text } from '../text-bytes.ts';
import { isZip, readZip, type ZipEntry } from '../zip.ts';
import { ZIP_LIMITS, type ZipLimits } from '../zip-limits.ts';
import { ByteCursor } from './byte-cursor.ts';
import { type PickleFail, SAVE_PLAIN } from './pickle-context.ts';
import { runPickle } from './pickle-machine.ts';
import { newPickleSession } from './pickle-session.ts';
import { PICKLE_LIMITS, type PickleLimits } from './py-limits.ts';
import { checkUnfolded } from './py-unfold.ts';
import { isPyObject, type PyValue } from './py-value.ts';
import { isTorchLegacy, readTorchLegacy } from './torch-legacy.ts';
import { storageDtype, storageObject } from './torch-storage.ts';

const PICKLE_ENTRY = /^(.*\/)?data\.pkl$/;

/**
 * Reads what `torch.save` wrote, as a zip archive or in the form before PyTorch 1.6. Tensors become arrays, whose
 * numbers are read when they are asked for.
 * @throws FormatError
 */
export function readTorch(
  bytes: Uint8Array,
  source: string,
  limits: PickleLimits = PICKLE_LIMITS,
  zipLimits: ZipLimits = ZIP_LIMITS,
): PyValue {
  if (isZip(bytes)) return readTorchZip(readZip(bytes, source, zipLimits), source, limits);
  if (!isTorchLegacy(bytes)) {
    throw new FormatError(source, 'start', 'this is no PyTorch file', 'save it with torch.save(dict, path)');
  }
  const cursor = new ByteCursor(bytes, source);
  const session = newPickleSession(bytes.length, { limits });
  const value = readTorchLegacy(cursor, session);
  checkUnfolded(value, session, failAtEnd(cursor));
  return value;
}

/** Whether an archive is one of PyTorch's. */
export function isTorchZip(entries: readonly ZipEntry[]): boolean {
  return entries.some(({ name }) => PICKLE_ENTRY.test(name));
}

/** `<name>/data.pkl` is a pickle that names the storages `<name>/data/<key>`. */
export function readTorchZip(
  entries: readonly ZipEntry[],
  source: string,
  limits: PickleLimits = PICKLE_LIMITS,
): PyValue {
  const pickles = entries.filter(({ name }) => PICKLE_ENTRY.test(name));
  if (pickles.length !== 1) {
    throw new FormatError(source, 'data.pkl', `${pickles.length} entries of this name`, SAVE_PLAIN);
  }
  const [pickle] = pickles;
  const folder = pickle.name.slice(0, -'data.pkl'.length);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const byteOrder = byName.get(`${folder}byteorder`)?.head(8);
  if (byteOrder !== undefined && latin1Text(byteOrder, 0, byteOrder.length).trim() !== 'little') {
    throw new FormatError(source, 'byteorder', 'its numbers are big-endian', SAVE_PLAIN);
  }
  const cursor = new ByteCursor(pickle.read(), source, 'data.pkl');
  const fileBytes = entries.reduce((sum, { size }) => sum + size, 0);
  const fetched = new Map<ZipEntry, Uint8Array>();
  // Tensors that are views of one storage read and check it once.
  const fetch = (entry: ZipEntry): Uint8Array => {
    const content = fetched.get(entry) ?? entry.read();
    fetched.set(entry, content);
    return content;
  };
  const session = newPickleSession(fileBytes, {
    limits,
    resolvePersistent: (id, fail) =>
      resolveStorage(id, (key) => byName.get(`${folder}data/${key}`), fetch, fail),
  });
  const value = runPickle(cursor, session);
  checkUnfolded(value, session, failAtEnd(cursor));
  return value;
}

/** `('storage', type, key, location, item count)`. */
function resolveStorage(
  id: PyValue,
  entryOf: (key: string | number) => ZipEntry | undefined,
  fetch: (entry: ZipEntry) => Uint8Array,
  fail: PickleFail,
): PyValue {
  const [kind, type, key, , itemCount] = Array.isArray(id) ? id : [];
  const className = isPyObject(type) ? type.className : '';
  const dtype = storageDtype(className);
  const isKnown = kind === 'storage' && dtype !== undefined && typeof itemCount === 'number';
  if (!isKnown || (typeof key !== 'string' && typeof key !== 'number')) {
    throw fail('it refers to what is no storage', SAVE_PLAIN);
  }
  const entry = entryOf(key);
  const needed = itemCount * dtype.itemBytes;
  if (entry === undefined) throw fail(`storage data/${String(key).slice(0, 40)} is missing`);
  if (!(needed >= 0 && needed <= entry.size)) {
    throw fail(`storage data/${key} has ${entry.size} bytes, ${needed} are due`);
  }
  return storageObject(className, { dtype, byteCount: needed, fetch: () => fetch(entry) });
}

function failAtEnd(cursor: ByteCursor): PickleFail {
  return (problem, advice = '') => cursor.failAt(cursor.at, problem, advice);
}
