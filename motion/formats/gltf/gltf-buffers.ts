import { decodeBase64 } from './base64.ts';
import { byteNumber, failAt, items, type JsonPlace, member, optionalText } from './gltf-json.ts';

/** Files that a .gltf names, by the address it gives them: `walk.bin`. */
export type GltfResources = ReadonlyMap<string, Uint8Array>;

/**
 * The bytes of buffer number `index`: the binary chunk, a `data:` address, or a file of `resources`.
 * @throws FormatError where it is none of them or shorter than the document says.
 */
export function bufferBytes(
  json: JsonPlace,
  bin: Uint8Array | null,
  resources: GltfResources,
  index: number,
): Uint8Array {
  const buffers = items(member(json, 'buffers'));
  const buffer = buffers[index];
  if (buffer === undefined) failAt(member(json, 'buffers'), `has no buffer ${index}`);
  const uriPlace = member(buffer, 'uri');
  const uri = optionalText(uriPlace);
  const length = byteNumber(member(buffer, 'byteLength'));
  let bytes: Uint8Array | null;
  if (uri === null) {
    bytes = index === 0 ? bin : null;
    if (bytes === null) failAt(buffer, 'has neither an address nor a binary chunk');
  } else if (uri.startsWith('data:')) {
    const comma = uri.indexOf(',');
    if (!/;base64$/i.test(uri.slice(0, comma))) failAt(uriPlace, 'is a data address that is not base64');
    bytes = decodeBase64(uri.slice(comma + 1));
    if (bytes === null) failAt(uriPlace, 'is not base64');
  } else {
    bytes = resources.get(uri) ?? resources.get(decodeUri(uri)) ?? null;
    if (bytes === null) {
      failAt(
        uriPlace,
        `names the file '${uri}', which is not here`,
        'export as .glb, one file with everything',
      );
    }
  }
  if (bytes.length < length) failAt(buffer, `has ${bytes.length} bytes of ${length}`);
  return bytes.subarray(0, length);
}

function decodeUri(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
