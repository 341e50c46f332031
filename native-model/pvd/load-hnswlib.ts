import { createRequire } from 'node:module';
import type * as Hnswlib from 'hnswlib-node';

/**
 * The nearest-neighbour addon, or undefined: it is compiled at installation, and where there is no compiler
 * it is left out.
 */
export function loadHnswlib(): typeof Hnswlib | undefined {
  try {
    return createRequire(import.meta.url)('hnswlib-node') as typeof Hnswlib;
  } catch {
    return undefined;
  }
}
