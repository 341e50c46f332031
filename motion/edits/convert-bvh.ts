import { type AxisTurn, chainTurns, invertTurn } from '../formats/axes.ts';
import { bvhToClip, clipToBvhMotion } from '../formats/bvh-clip.ts';
import type { BvhDocument } from '../formats/bvh-document.ts';
import { readBvh } from '../formats/bvh-read.ts';
import { type BvhUnits, bvhTurn } from '../formats/bvh-skeleton.ts';
import { latin1Bytes } from '../formats/text-bytes.ts';
import { rewriteBvhHierarchy } from './rewrite-bvh-hierarchy.ts';

/**
 * A BVH in another unit and with another up axis: offsets, positions and rotations change, so that reading it
 * with `to` gives the pose that reading the old one with `from` gave. Names, hierarchy and channel order stay,
 * except that joints with one or two rotations (positions) get them about (along) the turned axes: no others
 * could express the pose. Numbers that need not change stay bit for bit.
 */
export function convertBvh(document: BvhDocument, from: BvhUnits, to: BvhUnits): BvhDocument {
  const factor = from.metresPerUnit / to.metresPerUnit;
  const turn = chainTurns(bvhTurn(from), invertTurn(bvhTurn(to)));
  if (factor === 1 && isIdentity(turn)) return document;

  const text = rewriteBvhHierarchy(document, factor, turn);
  // Reading the text back fills in offsets, channels and places in the header by the rules of any file.
  const { joints, header } = readBvh(latin1Bytes(text), 'converted.bvh', { frameTime: document.frameTime });
  let converted: BvhDocument = { ...document, joints, header };
  for (const root of document.roots) {
    const { clip } = bvhToClip({ ...document, root }, from);
    converted = { ...converted, motion: clipToBvhMotion({ ...converted, root }, clip, to) };
  }
  return converted;
}

function isIdentity({ source, sign }: AxisTurn): boolean {
  return source.every((axis, index) => axis === index) && sign.every((value) => value === 1);
}
