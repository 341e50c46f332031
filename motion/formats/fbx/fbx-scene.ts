import { type FbxProperty, type FbxRecord, fbxRecord, int64, text } from './fbx-record.ts';

/** The scene itself, parent of what has no other. */
export const SCENE_ID = 0n;

/** Collects the objects of a file and what connects them. Ids rise from object to object, so files are repeatable. */
export class FbxScene {
  readonly objects: FbxRecord[] = [];
  readonly connections: FbxRecord[] = [];
  private lastId = 1_000_000n;

  /** Adds an object and returns its id. */
  add(
    kind: string,
    name: FbxProperty,
    subclass: string,
    children: readonly FbxRecord[],
    id = this.newId(),
  ): bigint {
    const properties = [int64(id), name, text(subclass)];
    // Readers expect the end mark of a list even in layers without anything.
    this.objects.push({ ...fbxRecord(kind, properties, children), hasEmptyList: true });
    return id;
  }

  newId(): bigint {
    this.lastId += 1n;
    return this.lastId;
  }

  /** Puts an object below another, or, with a property's name, lets it drive that property. */
  connect(child: bigint, parent: bigint, property?: string): void {
    const kind = text(property === undefined ? 'OO' : 'OP');
    const ends = [kind, int64(child), int64(parent)];
    this.connections.push(fbxRecord('C', property === undefined ? ends : [...ends, text(property)]));
  }

  /** Objects of each kind, in order of appearance. */
  counts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { name } of this.objects) counts.set(name, (counts.get(name) ?? 0) + 1);
    return counts;
  }
}
