import { bufferBytes, type GltfResources } from './gltf-buffers.ts';
import type { GltfContainer } from './gltf-container.ts';
import {
  byteNumber,
  failAt,
  index,
  items,
  type JsonPlace,
  member,
  optionalIndex,
  shown,
} from './gltf-json.ts';

const COMPONENTS: Readonly<Record<string, number>> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT4: 16 };

interface ComponentType {
  readonly bytes: number;
  /** The integer that means 1 in normalised values; 0 for floats. */
  readonly one: number;
  readonly read: (view: DataView, at: number) => number;
}

const COMPONENT_TYPES: Readonly<Record<number, ComponentType>> = {
  5120: { bytes: 1, one: 127, read: (view, at) => view.getInt8(at) },
  5121: { bytes: 1, one: 255, read: (view, at) => view.getUint8(at) },
  5122: { bytes: 2, one: 32767, read: (view, at) => view.getInt16(at, true) },
  5123: { bytes: 2, one: 65535, read: (view, at) => view.getUint16(at, true) },
  5125: { bytes: 4, one: 0, read: (view, at) => view.getUint32(at, true) },
  5126: { bytes: 4, one: 0, read: (view, at) => view.getFloat32(at, true) },
};

/** Many accessors may share the same bytes; together they stay below half a gigabyte. */
const MOST_VALUES = 64_000_000;

/** Values of an accessor. Shape [element][component]. */
export interface AccessorValues {
  readonly type: string;
  readonly count: number;
  readonly values: Float64Array;
}

/** Reads accessors of one document, each at most once; nothing is larger than the bytes that are there. */
export class GltfAccessors {
  private readonly accessors: readonly JsonPlace[];
  private readonly views: readonly JsonPlace[];
  private readonly buffers = new Map<number, Uint8Array>();
  private readonly known = new Map<number, AccessorValues>();
  private valuesLeft = MOST_VALUES;
  private readonly container: GltfContainer;
  private readonly resources: GltfResources;

  constructor(container: GltfContainer, resources: GltfResources) {
    this.container = container;
    this.resources = resources;
    this.accessors = items(member(container.json, 'accessors'));
    this.views = items(member(container.json, 'bufferViews'));
  }

  /** The accessor that the number at `place` names. */
  read(place: JsonPlace): AccessorValues {
    const at = index(place, this.accessors.length);
    const known = this.known.get(at);
    if (known !== undefined) return known;
    const read = this.readAccessor(this.accessors[at]);
    this.known.set(at, read);
    return read;
  }

  private readAccessor(accessor: JsonPlace): AccessorValues {
    const typePlace = member(accessor, 'type');
    const type = String(typePlace.value);
    const width = Object.hasOwn(COMPONENTS, type) ? COMPONENTS[type] : 0;
    if (width === 0) failAt(typePlace, `is ${shown(typePlace.value)}`);
    const count = byteNumber(member(accessor, 'count'));
    const component = componentTypeOf(member(accessor, 'componentType'));
    const isNormalized = member(accessor, 'normalized').value === true && component.one > 0;
    const scale = isNormalized ? component.one : 1;

    const view = optionalIndex(member(accessor, 'bufferView'), this.views.length);
    const offset = byteNumber(member(accessor, 'byteOffset'), 0);
    const sparse = member(accessor, 'sparse');
    if (view === null) {
      // Zeros but for what the sparse part says; a count beyond it could be any number.
      const most = sparse.value === undefined ? 0 : index(member(sparse, 'count'), Number.MAX_SAFE_INTEGER);
      if (count > most) failAt(accessor, `says ${count} values and has ${most}`);
    }
    const values =
      view === null
        ? new Float64Array(count * width)
        : this.readElements(accessor, view, offset, count, width, component);
    if (sparse.value !== undefined) this.readSparse(sparse, values, count, width, component);
    if (isNormalized) {
      // Signed integers have one value more below zero than above.
      for (let at = 0; at < values.length; at++) values[at] = Math.max(-1, values[at] / scale);
    }
    if (!values.every(Number.isFinite)) failAt(accessor, 'has values that are not finite numbers');
    return { type, count, values };
  }

  private readSparse(
    sparse: JsonPlace,
    values: Float64Array,
    count: number,
    width: number,
    component: ComponentType,
  ): void {
    const sparseCount = byteNumber(member(sparse, 'count'));
    const read = (place: JsonPlace, elementWidth: number, type: ComponentType): Float64Array => {
      const view = index(member(place, 'bufferView'), this.views.length);
      const offset = byteNumber(member(place, 'byteOffset'), 0);
      return this.readElements(place, view, offset, sparseCount, elementWidth, type);
    };
    const indicesPlace = member(sparse, 'indices');
    const indices = read(indicesPlace, 1, componentTypeOf(member(indicesPlace, 'componentType')));
    const replaced = read(member(sparse, 'values'), width, component);
    indices.forEach((element, at) => {
      if (!(element >= 0 && element < count)) failAt(indicesPlace, `names element ${element} of ${count}`);
      values.set(replaced.subarray(at * width, (at + 1) * width), element * width);
    });
  }

  private readElements(
    place: JsonPlace,
    viewIndex: number,
    offset: number,
    count: number,
    width: number,
    { bytes: size, read }: ComponentType,
  ): Float64Array {
    const view = this.views[viewIndex];
    const extensions = member(view, 'extensions');
    if (extensions.value !== undefined && member(extensions, 'EXT_meshopt_compression').value !== undefined) {
      failAt(view, 'is compressed with meshopt', 'export it without compression');
    }
    const bytes = this.buffer(index(member(view, 'buffer'), Number.MAX_SAFE_INTEGER));
    const viewStart = byteNumber(member(view, 'byteOffset'), 0);
    const viewLength = byteNumber(member(view, 'byteLength'));
    if (viewStart + viewLength > bytes.length) {
      failAt(view, `ends at byte ${viewStart + viewLength} of a buffer of ${bytes.length}`);
    }
    const stride = byteNumber(member(view, 'byteStride'), 0) || width * size;
    const end = count === 0 ? offset : offset + (count - 1) * stride + width * size;
    if (stride < width * size || end > viewLength) {
      failAt(place, `needs ${end} bytes of a buffer view of ${viewLength}`);
    }
    const data = new DataView(bytes.buffer, bytes.byteOffset + viewStart, viewLength);
    this.valuesLeft -= count * width;
    if (this.valuesLeft < 0) failAt(place, `is one of accessors with more than ${MOST_VALUES} values`);
    const values = new Float64Array(count * width);
    for (let element = 0; element < count; element++) {
      const start = offset + element * stride;
      for (let at = 0; at < width; at++) values[element * width + at] = read(data, start + at * size);
    }
    return values;
  }

  private buffer(at: number): Uint8Array {
    const known = this.buffers.get(at);
    if (known !== undefined) return known;
    const bytes = bufferBytes(this.container.json, this.container.bin, this.resources, at);
    this.buffers.set(at, bytes);
    return bytes;
  }
}

function componentTypeOf(place: JsonPlace): ComponentType {
  const type = COMPONENT_TYPES[place.value as number];
  return type ?? failAt(place, `is ${shown(place.value)}, which is no component type`);
}
