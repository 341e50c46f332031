import { type AxisTurn, applyTurn } from '../formats/axes.ts';
import type { BvhChannel, BvhDocument, BvhJoint } from '../formats/bvh-document.ts';
import { BvhScanner } from '../formats/bvh-scanner.ts';
import { latin1Bytes } from '../formats/text-bytes.ts';

interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The header of a document with its OFFSETs in another unit and other axes; everything else stays, character
 * for character. Channels of joints that have one or two of a kind are named for the axis that theirs becomes.
 *
 * @param factor new value = factor · old value
 * @param turn from the old axes to the new ones
 */
export function rewriteBvhHierarchy(document: BvhDocument, factor: number, turn: AxisTurn): string {
  const { header, joints } = document;
  const scanner = new BvhScanner(latin1Bytes(header.text), 'header');
  const edits: TextEdit[] = [];
  const offset = new Float64Array(3);
  let depth = 0;
  let joint = -1;
  for (let word = scanner.word(); word !== ''; word = scanner.word()) {
    const keyword = word.toUpperCase();
    if (depth === 0 && keyword === 'MOTION') break;
    if (word === '{') depth++;
    else if (word === '}') depth--;
    else if (keyword === 'ROOT' || keyword === 'JOINT') {
      joint++;
      // The name is the rest of the line; where that is empty, the next line.
      if (scanner.restOfLine() === '' && scanner.peekKeyword() !== '{') scanner.restOfNextLine();
    } else if (keyword === 'END' || keyword === 'ENDSITE') scanner.restOfLine();
    else if (keyword === 'OFFSET') {
      const places = [0, 1, 2].map((axis) => {
        offset[axis] = factor * scanner.number('OFFSET');
        return { start: scanner.wordStart, end: scanner.offset };
      });
      applyTurn(offset, 0, turn);
      places.forEach((place, axis) => {
        edits.push({ ...place, text: formatOffset(offset[axis]) });
      });
    } else if (keyword === 'CHANNELS') {
      const count = scanner.number('CHANNELS');
      for (let index = 0; index < count; index++) {
        const name = scanner.word();
        const text = turnedName(name, joints[joint], index, turn);
        if (text !== name) edits.push({ start: scanner.wordStart, end: scanner.offset, text });
      }
    }
  }
  let text = '';
  let at = 0;
  for (const edit of edits) {
    text += header.text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return text + header.text.slice(at);
}

/** A joint with all three axes of a kind keeps their order; with fewer, each follows the axes. */
function turnedName(name: string, joint: BvhJoint, index: number, turn: AxisTurn): string {
  const { kind, axis }: BvhChannel = joint.channels[index];
  if (kind === 'unknown' || joint.channels.filter((other) => other.kind === kind).length === 3) return name;
  const letter = 'xyz'[turn.source.indexOf(axis)];
  return (name[0] === name[0].toUpperCase() ? letter.toUpperCase() : letter) + name.slice(1);
}

/** Six decimals at least, nine where they say more: a bone in metres keeps its nanometres. */
function formatOffset(value: number): string {
  return value
    .toFixed(9)
    .replace(/0{1,3}$/, '')
    .replace(/^-(0\.0*)$/, '$1');
}
