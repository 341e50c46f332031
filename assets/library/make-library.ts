/**
 * Packs the prototypes that `native-model/training/library_export.py` wrote into the default library.
 *
 *   node assets/library/make-library.ts PROTOTYPES_FOLDER [OUT_FOLDER]
 */
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readNpy } from '../../motion/formats/npy-read.ts';
import { RETRIEVAL_DIM, retrievalVector } from '../../motion/windows/retrieval-vector.ts';
import { createLibrary } from '../../native-model/pvd/open-library.ts';
import { BODY17_SCHEMA, windowSize } from '../../native-model/pvd/store-schema.ts';

const [prototypes, out = dirname(fileURLToPath(import.meta.url))] = process.argv.slice(2);
if (prototypes === undefined) throw new Error('name the folder with windows.npy and members.npy');
const load = (name: string) => readNpy(new Uint8Array(readFileSync(join(prototypes, name))), name);
const windows = load('windows.npy');
const members = load('members.npy').data;
for (const file of ['library.sqlite', 'index.hnsw', 'index.json']) rmSync(join(out, file), { force: true });

const size = windowSize(BODY17_SCHEMA);
const store = await createLibrary(out, BODY17_SCHEMA, { journal: 'delete', windowNumbers: 'float16' });
store.add(
  Array.from(members, (count, index) => {
    const window = Float32Array.from(windows.data.subarray(index * size, (index + 1) * size));
    const vector = new Float32Array(RETRIEVAL_DIM);
    retrievalVector(vector, 0, window, 0, BODY17_SCHEMA.windowLength);
    return {
      clip: `prototype ${index + 1} (mean of ${count} windows)`,
      person: '',
      startFrame: 0,
      endFrame: BODY17_SCHEMA.windowLength - 1,
      fps: BODY17_SCHEMA.windowFps,
      tags: ['prototype'],
      licence: 'averages of CMU mocap (mocap.cs.cmu.edu), free for research and commercial use',
      sourceHash: '',
      vector,
      window,
    };
  }),
);
store.close();
console.log(`${members.length} prototypes in ${out}`);
