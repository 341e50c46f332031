/** One record of an FBX file: a name, properties, and records below it. */
export interface FbxRecord {
  readonly name: string;
  readonly properties: readonly FbxProperty[];
  readonly children: readonly FbxRecord[];
  /** Writes the mark that ends a list of children although there are none. */
  readonly hasEmptyList?: boolean;
}

/** A value with the letter of its type: bool C, int16 Y, int32 I, int64 L, float32 F, float64 D, text S, bytes R. */
export type FbxProperty =
  | { readonly type: 'C'; readonly value: boolean }
  | { readonly type: 'I' | 'D'; readonly value: number }
  | { readonly type: 'L'; readonly value: bigint }
  | { readonly type: 'S'; readonly value: string }
  | { readonly type: 'R'; readonly value: Uint8Array }
  | { readonly type: 'i'; readonly value: Int32Array }
  | { readonly type: 'f'; readonly value: Float32Array }
  | { readonly type: 'd'; readonly value: Float64Array }
  | { readonly type: 'l'; readonly value: BigInt64Array };

export function fbxRecord(
  name: string,
  properties: readonly FbxProperty[] = [],
  children: readonly FbxRecord[] = [],
): FbxRecord {
  return { name, properties, children };
}

export const int32 = (value: number): FbxProperty => ({ type: 'I', value });
export const int64 = (value: bigint): FbxProperty => ({ type: 'L', value });
export const float64 = (value: number): FbxProperty => ({ type: 'D', value });
export const text = (value: string): FbxProperty => ({ type: 'S', value });
export const bool = (value: boolean): FbxProperty => ({ type: 'C', value });
export const int32s = (value: Int32Array): FbxProperty => ({ type: 'i', value });
export const int64s = (value: BigInt64Array): FbxProperty => ({ type: 'l', value });
export const float32s = (value: Float32Array): FbxProperty => ({ type: 'f', value });
export const float64s = (value: ArrayLike<number>): FbxProperty => ({
  type: 'd',
  value: Float64Array.from(value),
});

/** An object's name with its class, as binary files hold it. */
export function objectName(name: string, objectClass: string): FbxProperty {
  return text(`${name}\0\x01${objectClass}`);
}

/** A record of nothing but one value. */
export function valueRecord(name: string, value: FbxProperty): FbxRecord {
  return fbxRecord(name, [value]);
}

/** One line of `Properties70`: name, type, kind, flags (A: can be animated), values. */
export type FbxSetting = readonly [
  name: string,
  type: string,
  kind: string,
  flags: string,
  ...values: FbxProperty[],
];

export function properties70(settings: readonly FbxSetting[]): FbxRecord {
  return fbxRecord(
    'Properties70',
    [],
    settings.map(([name, type, kind, flags, ...values]) =>
      fbxRecord('P', [text(name), text(type), text(kind), text(flags), ...values]),
    ),
  );
}

export const setInt = (name: string, value: number): FbxSetting => [name, 'int', 'Integer', '', int32(value)];
export const setEnum = (name: string, value: number): FbxSetting => [name, 'enum', '', '', int32(value)];
export const setNumber = (name: string, value: number): FbxSetting => [
  name,
  'double',
  'Number',
  '',
  float64(value),
];
export const setText = (name: string, value: string): FbxSetting => [name, 'KString', '', '', text(value)];
export const setTime = (name: string, value: bigint): FbxSetting => [name, 'KTime', 'Time', '', int64(value)];

export function setVector(name: string, type: string, kind: string, values: ArrayLike<number>): FbxSetting {
  return [name, type, kind, 'A', float64(values[0]), float64(values[1]), float64(values[2])];
}
