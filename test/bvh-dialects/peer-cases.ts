/** Small BVH files that readers differ on, with what they say worked out by hand. File units are centimetres. */
export interface PeerCase {
  readonly what: string;
  readonly text: string;
  /** The root to look at where there are several; its joints are counted from it. */
  readonly root?: string;
  readonly frameCount: number;
  /** World positions, in the file's units, of joints in the file's order without end sites, in the last frame. */
  readonly lastFrame: readonly (readonly [x: number, y: number, z: number])[];
}

const ROTATIONS = 'Zrotation Xrotation Yrotation';
const SIX = `6 Xposition Yposition Zposition ${ROTATIONS}`;

interface LegText {
  readonly hip?: string;
  readonly knee?: string;
  readonly foot?: string;
  readonly hipOffset?: string;
  readonly hipChannels?: string;
  readonly kneeChannels?: string;
}

/** A hip, a knee 40 below it and a foot 40 below that. */
function leg({
  hip = 'Hip',
  knee = 'Knee',
  foot = 'Foot',
  hipOffset = '0 0 0',
  ...channels
}: LegText = {}): string {
  const { hipChannels = SIX, kneeChannels = `3 ${ROTATIONS}` } = channels;
  return `ROOT ${hip}
{
OFFSET ${hipOffset}
CHANNELS ${hipChannels}
JOINT ${knee}
{
OFFSET 0 -40 0
CHANNELS ${kneeChannels}
JOINT ${foot}
{
OFFSET 0 -40 0
CHANNELS 3 ${ROTATIONS}
End Site
{
OFFSET 0 0 10
}
}
}
}
`;
}

function file(hierarchy: string, rows: readonly string[], frames = rows.length): string {
  return `HIERARCHY\n${hierarchy}MOTION\nFrames: ${frames}\nFrame Time: 0.1\n${rows.join('\n')}\n`;
}

/** Hip at 90, the knee turned by a quarter about Z: from -Y to +X. */
const REST = '0 90 0 0 0 0 0 0 0 0 0 0';
const BENT = '10 90 0 0 0 0 90 0 0 0 0 0';
const BENT_AT: PeerCase['lastFrame'] = [
  [10, 90, 0],
  [10, 50, 0],
  [50, 50, 0],
];
const bent = (what: string, text: string): PeerCase => ({ what, text, frameCount: 2, lastFrame: BENT_AT });

export const PEER_CASES: readonly PeerCase[] = [
  bent('a plain file', file(leg(), [REST, BENT])),
  bent('a root with an OFFSET', file(leg({ hipOffset: '0 90 0' }), [REST, BENT])),
  bent(
    'position channels on a joint',
    file(leg({ kneeChannels: SIX }), [
      '0 90 0 0 0 0 0 -40 0 0 0 0 0 0 0',
      '10 90 0 0 0 0 0 -40 0 90 0 0 0 0 0',
    ]),
  ),
  {
    what: 'a second root',
    text: file(leg() + leg({ hip: 'Other', knee: 'OtherKnee', foot: 'OtherFoot' }), [
      `${REST} ${REST}`,
      `${REST} ${BENT}`,
    ]),
    root: 'Other',
    frameCount: 2,
    lastFrame: BENT_AT,
  },
  bent('lower-case keywords', file(leg(), [REST, BENT]).toLowerCase()),
  bent(
    'an unknown channel',
    file(leg({ hipChannels: `7 Xposition Yposition Zposition Visibility ${ROTATIONS}` }), [
      '0 90 0 1 0 0 0 0 0 0 0 0 0',
      '10 90 0 1 0 0 0 90 0 0 0 0 0',
    ]),
  ),
  bent('fewer frames than announced', file(leg(), [REST, BENT], 5)),
  bent('names with spaces', file(leg({ knee: 'Left Knee', foot: 'Left Foot' }), [REST, BENT])),
  bent('a name twice', file(leg({ knee: 'Joint', foot: 'Joint' }), [REST, BENT])),
  bent(
    'a frame over two lines',
    file(
      leg(),
      [REST, BENT].map((row) => row.replace(' 0 0 0 0 0 0', ' 0\n0 0 0 0 0')),
    ).replace('10 90 0 0 0 0 ', '10 90 0 0 0 0\n'),
  ),
  {
    ...bent('a decimal comma', file(leg(), [REST, BENT]).replace('10 90', '9,5 90,25')),
    lastFrame: BENT_AT.map(([x, y, z]) => [x - 0.5, y + 0.25, z]),
  },
  bent('line ends of old Macs', file(leg(), [REST, BENT]).replaceAll('\n', '\r')),
  bent(
    'Frames : with a space',
    file(leg(), [REST, BENT]).replace('Frames:', 'Frames :').replace('Time:', 'Time :'),
  ),
  bent(
    'an End Site with CHANNELS 0',
    file(leg().replace('OFFSET 0 0 10', 'OFFSET 0 0 10\nCHANNELS 0'), [REST, BENT]),
  ),
];
