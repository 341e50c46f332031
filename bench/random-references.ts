import { seededRandom } from '../assets/samples/random.ts';
import type { PoseLibrary } from '../native-model/pvd/library.ts';
import type { Hits, PoseStore } from '../native-model/pvd/pose-store.ts';

/**
 * A library that answers with windows picked at random, at their true distances: the ablation "irrelevant poses" of
 * SynSP++ (table VIII).
 */
export function withRandomAnswers(library: PoseLibrary, seed: number): PoseStore {
  const random = seededRandom(seed);
  const { entries } = library.list({}, { limit: library.count() });
  const vectors = new Map(entries.map(({ id }) => [id, library.entry(id).vector]));
  const searchMany = (queries: Float32Array, n: number, k: number): Hits => {
    const dim = library.schema.vectorDim;
    const ids = new Int32Array(n * k);
    const distances = new Float32Array(n * k);
    for (let at = 0; at < n * k; at++) {
      const { id } = entries[Math.floor(random.uniform() * entries.length)];
      const vector = vectors.get(id)!;
      const query = Math.floor(at / k) * dim;
      let sum = 0;
      for (let d = 0; d < dim; d++) sum += (queries[query + d] - vector[d]) ** 2;
      ids[at] = id;
      distances[at] = Math.sqrt(sum);
    }
    return { ids, distances };
  };
  return new Proxy<PoseStore>(library, {
    get: (target, key) => {
      if (key === 'searchMany') return searchMany;
      const value = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
