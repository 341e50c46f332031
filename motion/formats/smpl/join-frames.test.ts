import { expect, test } from 'vitest';
import type { PyValue } from '../python/py-value.ts';
import type { ParsedFile, SmplTrack } from '../tracks.ts';
import { joinSmplFrames } from './join-frames.ts';
import { readSmplFamily } from './read-smpl-family.ts';

/** A PARE picture of this many people, the root half a turn about X, the left hip bent by an angle about X. */
function picture(people: number, hip = 0): ParsedFile {
  const data = new Float64Array(people * 216);
  for (let matrix = 0; matrix < people * 24; matrix++) {
    const angle = matrix % 24 === 0 ? Math.PI : matrix % 24 === 1 ? hip : 0;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    data.set([1, 0, 0, 0, c, -s, 0, s, c], matrix * 9);
  }
  const pose: PyValue = { kind: 'array', shape: [people, 24, 3, 3], dtype: 'f4', data, items: null };
  return readSmplFamily(
    new Map([
      ['pred_pose', pose],
      ['pred_cam', pose],
    ]),
    'picture.pkl',
  )!;
}

const at = (frame: number, file: ParsedFile) => ({ frame, place: `${frame}.pkl`, file });

test('files of one picture each are one clip in the order of their numbers, with gaps', () => {
  const file = joinSmplFrames([at(9, picture(1, 0.9)), at(7, picture(1, 0.2))], 'folder');
  const track = file.tracks[0] as SmplTrack;
  expect(track).toMatchObject({ frameCount: 3, seen: [true, false, true], up: '-y', fps: null });
  expect(Math.abs(track.rotations[4])).toBeCloseTo(Math.sin(0.1), 9);
  expect(Math.abs(track.rotations[2 * 96 + 4])).toBeCloseTo(Math.sin(0.45), 9);
  expect(file.reason).toMatch(/^2 files with keys pred_pose/);
});

test('pictures of several people, twice the same number, or no files are refused', () => {
  expect(() => joinSmplFrames([at(1, picture(1)), at(2, picture(2))], 'folder')).toThrow(
    /folder:2.pkl: has 2 people, and nothing tells who is who/,
  );
  expect(() => joinSmplFrames([at(1, picture(1)), at(1, picture(1))], 'folder')).toThrow(
    /must be whole and rise/,
  );
  expect(() => joinSmplFrames([], 'folder')).toThrow(/no file/);
});
