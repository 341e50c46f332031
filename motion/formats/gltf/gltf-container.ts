import { FormatError } from '../../errors.ts';
import { decodeText, latin1Text } from '../text-bytes.ts';
import { type JsonPlace, RE_EXPORT } from './gltf-json.ts';

export interface GltfContainer {
  /** The document's JSON, at the path ''. */
  readonly json: JsonPlace;
  /** The binary chunk of a .glb; null in a .gltf. */
  readonly bin: Uint8Array | null;
}

const HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
/** An embedded buffer of ten minutes of mocap has a few megabytes; text of half a gigabyte does not fit a string. */
const MOST_JSON_BYTES = 128_000_000;
const JSON_CHUNK = 0x4e4f534a;
const BIN_CHUNK = 0x004e4942;

/** Whether the bytes begin like a binary glTF file. */
export function isGlb(bytes: Uint8Array): boolean {
  return latin1Text(bytes, 0, Math.min(4, bytes.length)) === 'glTF';
}

/** Splits a .glb into its JSON and its binary chunk; anything else is taken as the JSON of a .gltf. */
export function openGltfContainer(bytes: Uint8Array, source: string): GltfContainer {
  if (!isGlb(bytes)) return { json: parseJson(bytes, source), bin: null };
  if (bytes.length < HEADER_BYTES) throw cutOff(source, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(4, true);
  if (version !== 2) {
    throw new FormatError(source, 'header', `the file is glTF version ${version}`, 'export it as glTF 2.0');
  }
  const length = view.getUint32(8, true);
  if (length > bytes.length) throw cutOff(source, bytes.length, length);

  let json: JsonPlace | null = null;
  let bin: Uint8Array | null = null;
  for (let at = HEADER_BYTES; at + CHUNK_HEADER_BYTES <= length; ) {
    const chunkLength = view.getUint32(at, true);
    const kind = view.getUint32(at + 4, true);
    const start = at + CHUNK_HEADER_BYTES;
    if (start + chunkLength > length) {
      const problem = `a chunk at byte ${at} has ${chunkLength} bytes, but only ${length - start} are left`;
      throw new FormatError(source, 'chunks', problem, RE_EXPORT);
    }
    const chunk = bytes.subarray(start, start + chunkLength);
    if (json === null) {
      if (kind !== JSON_CHUNK) {
        throw new FormatError(source, 'chunks', 'the first chunk is not the JSON chunk', RE_EXPORT);
      }
      json = parseJson(chunk, source);
    } else if (kind === BIN_CHUNK && bin === null) bin = chunk;
    at = start + chunkLength;
  }
  if (json === null) throw new FormatError(source, 'chunks', 'there is no JSON chunk', RE_EXPORT);
  return { json, bin };
}

function parseJson(bytes: Uint8Array, source: string): JsonPlace {
  if (bytes.length > MOST_JSON_BYTES) {
    const problem = `the JSON has ${Math.round(bytes.length / 1e6)} MB`;
    throw new FormatError(source, 'JSON', problem, 'export as .glb, which keeps numbers outside of it');
  }
  let value: unknown;
  try {
    value = JSON.parse(decodeText(bytes, 0, bytes.length).replace(/^\ufeff/, ''));
  } catch {
    throw new FormatError(source, 'JSON', 'the text is not JSON, as glTF is', RE_EXPORT);
  }
  return { source, path: '', value };
}

function cutOff(source: string, found: number, wanted = HEADER_BYTES): FormatError {
  const problem = `the file has ${found} bytes of the ${wanted} its header speaks of`;
  return new FormatError(source, 'header', problem, 'it was cut off: export or download it again');
}
