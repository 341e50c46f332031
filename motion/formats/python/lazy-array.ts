import type { PyArray, PyValue } from './py-value.ts';

/** What an array holds, and how to read it once somebody asks. */
export interface LazyContent {
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Null for strings and objects. */
  readonly readData: (() => Float64Array) | null;
  /** Null for numbers. */
  readonly readItems: (() => readonly PyValue[]) | null;
}

/** An array and the means to fill it: a pickle refers to arrays before it has said what is in them. */
export interface ArraySlot {
  readonly array: PyArray;
  fill(content: LazyContent): void;
}

const EMPTY: LazyContent = { shape: [0], dtype: 'f8', readData: () => new Float64Array(0), readItems: null };

export function newArraySlot(initial: LazyContent = EMPTY): ArraySlot {
  let content = initial;
  let data: Float64Array | null = null;
  let items: readonly PyValue[] | null = null;
  const array: PyArray = {
    kind: 'array',
    get shape() {
      return content.shape;
    },
    get dtype() {
      return content.dtype;
    },
    get data() {
      data ??= content.readData?.() ?? null;
      return data;
    },
    get items() {
      items ??= content.readItems?.() ?? null;
      return items;
    },
  };
  return {
    array,
    fill: (filled) => {
      content = filled;
      data = null;
      items = null;
    },
  };
}
