/**
 * A BVH whose motion is the given one several times over, there and back, so that it has no leaps.
 * @param text a BVH as written by the product: `Frames:` and `Frame Time:` on lines of their own
 */
export function longBvh(text: string, times: number): Buffer {
  const lines = text.trimEnd().split(/\r?\n/);
  const framesLine = lines.findIndex((line) => line.startsWith('Frames:'));
  const frames = lines.slice(framesLine + 2);
  const back = frames.toReversed();
  const all: string[] = [];
  for (let n = 0; n < times; n++) all.push(...(n % 2 === 0 ? frames : back));
  const head = [...lines.slice(0, framesLine), `Frames: ${all.length}`, lines[framesLine + 1]];
  return Buffer.from(`${[...head, ...all].join('\n')}\n`, 'latin1');
}
