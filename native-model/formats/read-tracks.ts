import { FormatError } from '../../motion/errors.ts';
import { readGltf } from '../../motion/formats/gltf/read-gltf.ts';
import { readC3d } from '../../motion/formats/points/c3d.ts';
import { readCsv } from '../../motion/formats/points/csv.ts';
import { readPointArrays } from '../../motion/formats/points/point-arrays.ts';
import { readTrc } from '../../motion/formats/points/trc.ts';
import { readPyFile } from '../../motion/formats/python/py-file.ts';
import { isPyArray, isPyDict, type PyValue } from '../../motion/formats/python/py-value.ts';
import { readJsonMotion } from '../../motion/formats/read-json-motion.ts';
import { readSmplFamily } from '../../motion/formats/smpl/read-smpl-family.ts';
import type { ParsedFile } from '../../motion/formats/tracks.ts';
import { readZip } from '../../motion/formats/zip.ts';
import { readFbx } from './fbx-read.ts';
import type { ClipFile } from './read-clip-file.ts';

/**
 * Everyone in a file, or every animation: all formats but BVH and plain NPY.
 * @throws FormatError naming the key, the line or the frame
 */
export async function readTracks(file: ClipFile): Promise<ParsedFile> {
  const { bytes, path, format } = file;
  switch (format) {
    case 'npy':
    case 'npz':
    case 'pkl':
    case 'pt':
      return readPython(readPyFile(bytes, path), path);
    case 'json':
      return readJsonMotion([{ name: file.name, bytes }], path);
    case 'set':
      return readJsonMotion(file.parts ?? framesOfZip(bytes, path), path);
    case 'csv':
      return readCsv(bytes, path);
    case 'trc':
      return readTrc(bytes, path);
    case 'c3d':
      return readC3d(bytes, path);
    case 'glb':
    case 'gltf':
      return readGltf(bytes, path);
    case 'fbx':
      return readFbx(bytes, path);
    case 'bvh':
      throw new Error('a BVH is one clip; open-bvh.ts reads it');
  }
}

function readPython(value: PyValue, path: string): ParsedFile {
  const found = readSmplFamily(value, path) ?? readPointArrays(value, path);
  if (found !== null) return found;
  const advice =
    'known are the files of AMASS, AIST++, VIBE, PARE, WHAM, 4D-Humans, GVHMR, TRAM and others (docs/formats.md), and arrays of joint positions (frames, joints, 3)';
  throw new FormatError(path, 'keys', `no motion was recognised in ${describe(value)}`, advice);
}

/** What a file holds, in words: its keys or its shape. */
function describe(value: PyValue): string {
  if (isPyArray(value)) return `an array of shape (${value.shape.join(', ')})`;
  if (isPyDict(value)) {
    const keys = [...value.keys()].slice(0, 12).join(', ');
    return `the keys ${keys}${value.size > 12 ? ', …' : ''}`;
  }
  return Array.isArray(value) ? `a list of ${value.length}` : `a ${typeof value}`;
}

function framesOfZip(bytes: Uint8Array, path: string): { name: string; bytes: Uint8Array }[] {
  const frames = readZip(bytes, path)
    .filter(({ name }) => /\.json$/i.test(name) && !name.startsWith('__MACOSX/'))
    .map(({ name, read }) => ({ name: name.replace(/^.*\//, ''), bytes: read() }));
  if (frames.length > 0) return frames;
  const advice = 'a ZIP opens where it holds one JSON per frame; unpack it and open the clip itself';
  throw new FormatError(path, 'content', 'the ZIP holds no keypoint JSON', advice);
}
