import { expect, test } from 'vitest';
import { BODY17_NAMES, BODY17_PARENTS } from './body17.ts';
import { isLayoutName, LAYOUT_NAMES, LAYOUTS, layoutJointCount } from './layouts.ts';

test('each layout has the joints its name counts', () => {
  expect(LAYOUT_NAMES.map((name) => [name, layoutJointCount(name)])).toEqual([
    ['h36m17', 17],
    ['h36m17-left', 17],
    ['coco17', 17],
    ['smpl24', 24],
    ['lsp14', 14],
    ['body25', 25],
    ['halpe26', 26],
    ['mediapipe33', 33],
    ['h36m16', 16],
    ['smpl22', 22],
    ['wholebody133', 133],
    ['smpl45', 45],
    ['spin49', 49],
    ['kinect25', 25],
  ]);
});

test('h36m17 is body-17, and its left-first form swaps the legs only', () => {
  expect(LAYOUTS.h36m17.names).toEqual(BODY17_NAMES);
  expect(LAYOUTS.h36m17.parents).toEqual(BODY17_PARENTS);
  expect(LAYOUTS['h36m17-left'].names.slice(1, 7)).toEqual([
    'leftHip',
    'leftKnee',
    'leftAnkle',
    'rightHip',
    'rightKnee',
    'rightAnkle',
  ]);
  expect(LAYOUTS['h36m17-left'].names.slice(7)).toEqual(BODY17_NAMES.slice(7));
  expect(LAYOUTS['h36m17-left'].parents).toEqual(BODY17_PARENTS);
});

test('joints stand at the indices their sources give', () => {
  const at = (layout: keyof typeof LAYOUTS, ...joints: number[]) =>
    joints.map((joint) => LAYOUTS[layout].names[joint]);
  expect(at('coco17', 0, 5, 10, 16)).toEqual(['nose', 'leftShoulder', 'rightWrist', 'rightAnkle']);
  expect(at('smpl24', 3, 6, 9, 12, 15, 21, 23)).toEqual([
    'spine1',
    'spine2',
    'spine3',
    'neck',
    'head',
    'rightWrist',
    'rightHand',
  ]);
  expect(at('lsp14', 0, 5, 6, 12, 13)).toEqual(['rightAnkle', 'leftAnkle', 'rightWrist', 'neck', 'headTop']);
  expect(at('body25', 1, 8, 14, 18, 19, 24)).toEqual([
    'neck',
    'midHip',
    'leftAnkle',
    'leftEar',
    'leftBigToe',
    'rightHeel',
  ]);
  expect(at('halpe26', 16, 17, 18, 19, 23, 25)).toEqual([
    'rightAnkle',
    'headTop',
    'neck',
    'midHip',
    'rightSmallToe',
    'rightHeel',
  ]);
  expect(at('mediapipe33', 8, 9, 22, 23, 32)).toEqual([
    'rightEar',
    'leftMouth',
    'rightThumb',
    'leftHip',
    'rightFootIndex',
  ]);
  expect(at('h36m16', 8, 9, 10, 15)).toEqual(['thorax', 'head', 'leftShoulder', 'rightWrist']);
  expect(at('smpl22', 0, 15, 21)).toEqual(['pelvis', 'head', 'rightWrist']);
  expect(at('wholebody133', 16, 17, 19, 20, 23, 31, 39, 40, 53, 59, 71, 91, 95, 111, 112, 132)).toEqual([
    'rightAnkle',
    'leftBigToe',
    'leftHeel',
    'rightBigToe',
    'rightContour1',
    'chin',
    'leftContour1',
    'rightEyebrow1',
    'noseBridge4',
    'rightEyelid1',
    'rightLip1',
    'leftHandRoot',
    'leftThumb4',
    'leftPinky4',
    'rightHandRoot',
    'rightPinky4',
  ]);
  expect(at('smpl45', 23, 24, 25, 28, 29, 31, 34, 35, 39, 40, 44)).toEqual([
    'rightHand',
    'nose',
    'rightEye',
    'leftEar',
    'leftBigToe',
    'leftHeel',
    'rightHeel',
    'leftThumb',
    'leftPinky',
    'rightThumb',
    'rightPinky',
  ]);
  expect(at('spin49', 0, 8, 24, 25, 27, 28, 36, 37, 38, 39, 40, 41, 42, 43, 44, 48)).toEqual([
    'nose',
    'midHip',
    'rightHeel',
    'rightAnkleLsp',
    'rightHipLsp',
    'leftHipLsp',
    'leftWristLsp',
    'neckLsp',
    'headTop',
    'pelvisMpii',
    'thoraxMpii',
    'spine',
    'jaw',
    'head',
    'noseCoco',
    'rightEarCoco',
  ]);
  expect(at('kinect25', 0, 3, 4, 8, 12, 19, 20, 21, 22, 23, 24)).toEqual([
    'pelvis',
    'head',
    'leftShoulder',
    'rightShoulder',
    'leftHip',
    'rightFoot',
    'thorax',
    'leftHandTip',
    'leftThumb',
    'rightHandTip',
    'rightThumb',
  ]);
});

test('every layout is a forest of unique joints whose mirror image is itself', () => {
  for (const name of LAYOUT_NAMES) {
    const { names, parents, sidePairs } = LAYOUTS[name];
    expect(new Set(names).size).toBe(names.length);
    for (let joint = 0; joint < names.length; joint++) {
      let steps = 0;
      for (let at = joint; at >= 0; at = parents[at]) expect(++steps).toBeLessThanOrEqual(names.length);
    }
    const mirror = names.map((_, joint) => joint);
    for (const [left, right] of sidePairs) {
      mirror[left] = right;
      mirror[right] = left;
    }
    expect(sidePairs.length * 2).toBe(names.filter((joint) => /^(left|right)/.test(joint)).length);
    expect(parents.map((_, joint) => parents[mirror[joint]])).toEqual(
      parents.map((parent) => (parent < 0 ? parent : mirror[parent])),
    );
  }
});

test('only layout names are layout names', () => {
  expect(isLayoutName('coco17')).toBe(true);
  expect(isLayoutName('toString')).toBe(false);
});
