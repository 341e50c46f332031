/** File systems take 255 bytes; room is left for what a program adds to a name. */
const MOST_BYTES = 200;
const MOST_SUFFIX_CHARACTERS = 12;
/** Names that Windows keeps for devices, with any suffix. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A file name that every file system takes, as near as can be to the one a browser gave. Never a path. */
export function cleanName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const plain = trimmed(last.normalize('NFC').replace(/[\p{Cc}\p{Cs}<>:"|?*]/gu, '_'));
  const dot = plain.lastIndexOf('.');
  const isSuffix = dot > 0 && plain.length - dot <= MOST_SUFFIX_CHARACTERS;
  const suffix = isSuffix ? plain.slice(dot) : '';
  const stem = isSuffix ? plain.slice(0, dot) : plain;
  const name = trimmed(shortened(stem, MOST_BYTES - Buffer.byteLength(suffix)) + suffix);
  if (name === '') return 'clip';
  return DEVICES.test(name) ? `_${name}` : name;
}

/** Without the dots and spaces at the ends that hide a file or that Windows drops. */
function trimmed(name: string): string {
  return name.replace(/^[. ]+|[. ]+$/g, '');
}

function shortened(text: string, mostBytes: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > mostBytes) break;
    kept += character;
  }
  return kept;
}
