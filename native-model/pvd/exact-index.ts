import type { AllowedSet } from './entry-catalogue.ts';
import type { VectorIndex } from './vector-index.ts';

/**
 * Numbers summed between two looks at whether a vector is already too far: few enough to stop early, many
 * enough that the looks cost little. 6 was faster than 4 and 12 on windows of real motion.
 */
const STRIDE = 6;

/**
 * Compares the query with every allowed vector. Equal distances are ordered by id.
 *
 * Vectors are kept with the numbers that vary most in front (wrists and ankles), so that a sum grows too large
 * soon: about twice as fast on windows of real motion.
 */
export class ExactIndex implements VectorIndex {
  readonly kind = 'exact';
  readonly #dim: number;
  #ids = new Int32Array(0);
  #vectors = new Float32Array(0);
  #size = 0;
  /** Which number of a vector is kept at each place. */
  #order: Int32Array | undefined;
  readonly #query: Float32Array;

  /** The slots of the set last searched, and what was found there: neighbours in time have neighbours alike. */
  #searched: AllowedSet | undefined;
  #slots = new Int32Array(0);
  #nearest = new Int32Array(0);
  #squares = new Float64Array(0);
  #found = 0;

  constructor(dim: number) {
    this.#dim = dim;
    this.#query = new Float32Array(dim);
  }

  get size(): number {
    return this.#size;
  }

  ids(): Iterable<number> {
    return this.#ids.subarray(0, this.#size);
  }

  add(ids: ArrayLike<number>, vectors: Float32Array): void {
    const size = this.#size + ids.length;
    if (size > this.#ids.length) {
      const capacity = Math.max(size, 2 * this.#ids.length);
      const grownIds = new Int32Array(capacity);
      const grownVectors = new Float32Array(capacity * this.#dim);
      grownIds.set(this.#ids);
      grownVectors.set(this.#vectors);
      this.#ids = grownIds;
      this.#vectors = grownVectors;
    }
    this.#ids.set(ids, this.#size);
    this.#order ??= byVariance(vectors, ids.length, this.#dim);
    for (let n = 0; n < ids.length; n++) {
      reorder(this.#vectors, (this.#size + n) * this.#dim, vectors, n * this.#dim, this.#order);
    }
    this.#size = size;
    this.#searched = undefined;
  }

  remove(ids: readonly number[]): void {
    const gone = new Set(ids);
    let kept = 0;
    for (let slot = 0; slot < this.#size; slot++) {
      if (gone.has(this.#ids[slot])) continue;
      this.#ids[kept] = this.#ids[slot];
      this.#vectors.copyWithin(kept * this.#dim, slot * this.#dim, (slot + 1) * this.#dim);
      kept++;
    }
    this.#size = kept;
    this.#searched = undefined;
  }

  search(
    queries: Float32Array,
    queryOffset: number,
    k: number,
    allowed: AllowedSet,
    outIds: Int32Array,
    outDistances: Float32Array,
    outOffset: number,
  ): number {
    this.#prepare(allowed, k);
    if (this.#order === undefined) return 0;
    reorder(this.#query, 0, queries, queryOffset, this.#order);
    // The last query's hits are candidates of this one too, so the k-th best is no farther than the farthest.
    let bound = Number.POSITIVE_INFINITY;
    if (this.#found === k) {
      bound = 0;
      for (let n = 0; n < k; n++) {
        bound = Math.max(bound, this.#squaredDistance(this.#nearest[n], Number.POSITIVE_INFINITY));
      }
    }
    const nearest = this.#nearest;
    const squares = this.#squares;
    let found = 0;
    for (let n = 0; n < this.#slots.length; n++) {
      const slot = this.#slots[n];
      const square = this.#squaredDistance(slot, bound);
      if (square > bound || (found === k && square === bound)) continue;
      let place = found < k ? found++ : k - 1;
      for (; place > 0 && squares[place - 1] > square; place--) {
        squares[place] = squares[place - 1];
        nearest[place] = nearest[place - 1];
      }
      squares[place] = square;
      nearest[place] = slot;
      if (found === k) bound = squares[k - 1];
    }
    this.#found = found;
    for (let n = 0; n < found; n++) {
      outIds[outOffset + n] = this.#ids[nearest[n]];
      outDistances[outOffset + n] = Math.sqrt(squares[n]);
    }
    return found;
  }

  #prepare(allowed: AllowedSet, k: number): void {
    if (this.#searched !== allowed) {
      const slots = new Int32Array(this.#size);
      let count = 0;
      for (let slot = 0; slot < this.#size; slot++)
        if (allowed.has[this.#ids[slot]] === 1) slots[count++] = slot;
      this.#slots = slots.subarray(0, count);
      this.#searched = allowed;
      this.#found = 0;
    }
    if (this.#nearest.length === k) return;
    this.#nearest = new Int32Array(k);
    this.#squares = new Float64Array(k);
    this.#found = 0;
  }

  /** From `#query`. Stops once the sum is above `bound`: the result is then merely some number above it. */
  #squaredDistance(slot: number, bound: number): number {
    const dim = this.#dim;
    const vectors = this.#vectors;
    const query = this.#query;
    const start = slot * dim;
    let sum = 0;
    for (let from = 0; from < dim; from += STRIDE) {
      const to = Math.min(from + STRIDE, dim);
      for (let n = from; n < to; n++) {
        const difference = vectors[start + n] - query[n];
        sum += difference * difference;
      }
      if (sum > bound) return sum;
    }
    return sum;
  }
}

/** The numbers of a vector by how much they vary over `count` vectors, most first. */
function byVariance(vectors: Float32Array, count: number, dim: number): Int32Array {
  const sums = new Float64Array(dim);
  const squares = new Float64Array(dim);
  for (let n = 0; n < count * dim; n++) {
    sums[n % dim] += vectors[n];
    squares[n % dim] += vectors[n] * vectors[n];
  }
  const variance = squares.map((square, n) => square - (sums[n] * sums[n]) / count);
  return Int32Array.from({ length: dim }, (_, n) => n).sort((a, b) => variance[b] - variance[a]);
}

function reorder(
  out: Float32Array,
  outOffset: number,
  values: Float32Array,
  offset: number,
  order: Int32Array,
): void {
  for (let n = 0; n < order.length; n++) out[outOffset + n] = values[offset + order[n]];
}
