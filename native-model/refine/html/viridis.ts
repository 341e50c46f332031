/** The viridis colour map (Smith and van der Walt, matplotlib; CC0) at eleven evenly spaced places. */
const ANCHORS = [
  0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151, 0xbddf26,
  0xfde725,
];

/** Colour of a share 0..1, as `#rrggbb`; shares beyond are held at the ends. */
export function viridis(share: number): string {
  const place = Math.min(1, Math.max(0, share)) * (ANCHORS.length - 1);
  const low = Math.min(ANCHORS.length - 2, Math.floor(place));
  const mixed = [16, 8, 0].map((shift) => {
    const from = (ANCHORS[low] >> shift) & 0xff;
    const to = (ANCHORS[low + 1] >> shift) & 0xff;
    return Math.round(from + (to - from) * (place - low));
  });
  return `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
