import type { FormatWarning } from '../errors.ts';

/** One scalar of a motion row. `axis` is 0, 1, 2 for X, Y, Z and -1 for an unknown channel, which is skipped. */
export interface BvhChannel {
  /** As the file spells it. */
  readonly name: string;
  readonly kind: 'position' | 'rotation' | 'unknown';
  readonly axis: number;
}

export type BvhOffset = readonly [number, number, number];

export interface BvhEndSite {
  readonly name: string | null;
  /** File units and axes. */
  readonly offset: BvhOffset;
}

export interface BvhJoint {
  /** As found, blanks included. */
  readonly name: string;
  /** Blanks joined with `_`; repeated names get `.001`, `.002` as in Blender. */
  readonly uniqueName: string;
  /** Index into `joints`, or NO_PARENT. Parents precede children. */
  readonly parent: number;
  /** File units and axes. */
  readonly offset: BvhOffset;
  /** In the order of the motion values. */
  readonly channels: readonly BvhChannel[];
  /** Column of the first channel in a motion row. */
  readonly firstChannel: number;
  readonly endSite: BvhEndSite | null;
}

/** A number in `headerText`: its value (NaN where the text is no number) and where it stands. */
export interface BvhHeaderNumber {
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/** The text before the motion values, as found, and the places in it that depend on the motion. */
export interface BvhHeader {
  /** One character per byte (Latin-1), so that it is written again byte for byte. */
  readonly text: string;
  /** Offset in `text` just past the word MOTION, or -1 where the file has none. */
  readonly motionEnd: number;
  readonly frames: BvhHeaderNumber | null;
  readonly frameTime: BvhHeaderNumber | null;
}

/** A BVH file as found: file units, degrees, the file's axes and channel order. */
export interface BvhDocument {
  readonly joints: readonly BvhJoint[];
  /** Indices of all ROOT joints. */
  readonly roots: readonly number[];
  /** The ROOT whose hierarchy becomes the clip. */
  readonly root: number;
  /** Values per frame, all roots and unknown channels included. */
  readonly channelCount: number;
  readonly frameCount: number;
  /** Seconds per frame; 0 only where there is no motion. */
  readonly frameTime: number;
  /** Values as found. Shape [frame][channel]. */
  readonly motion: Float64Array;
  readonly header: BvhHeader;
  readonly lineEnding: '\n' | '\r\n' | '\r';
  readonly warnings: readonly FormatWarning[];
}

/** Joint and channel of a column of the motion rows, as messages name it. */
export function channelLabel(joints: readonly BvhJoint[], column: number): string {
  for (const joint of joints) {
    const channel = joint.channels[column - joint.firstChannel];
    if (channel !== undefined) return `${joint.uniqueName} ${channel.name}`;
  }
  return `column ${column}`;
}
