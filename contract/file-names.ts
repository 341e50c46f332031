/** Longer parts are cut: file systems allow 255 bytes for the whole name. */
const LONGEST = 60;

/** A person's or an animation's id as part of a file name, in any writing. */
export function fileNamePart(id: string): string {
  const plain = id.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '_');
  return [...plain].slice(0, LONGEST).join('') || '_';
}
