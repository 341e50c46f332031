import { readStrictFbx, type StrictRecord, type StrictValue } from './fbx-structure.ts';

/** A binary FBX file as a text one, in the layout of Autodesk's writers. */
export function fbxAsText(bytes: Uint8Array): string {
  const { version, records } = readStrictFbx(bytes);
  const head = `; FBX ${version / 1000}.0 project file\n; ----------------------------------------------------\n\n`;
  return head + records.map((record) => recordText(record, 0)).join('\n');
}

function recordText({ name, values, children, hasListEnd }: StrictRecord, depth: number): string {
  const indent = '\t'.repeat(depth);
  const [array] = values;
  if (Array.isArray(array)) {
    return `${indent}${name}: *${array.length} {\n${indent}\ta: ${wrapped(array.map(String))}\n${indent}}\n`;
  }
  const line = `${indent}${name}: ${values.map(valueText).join(', ')}`;
  if (!hasListEnd) return `${line}\n`;
  return `${line} {\n${children.map((child) => recordText(child, depth + 1)).join('')}${indent}}\n`;
}

function valueText(value: StrictValue): string {
  if (Buffer.isBuffer(value)) return `"${value.toString('hex')}"`;
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  if (typeof value !== 'string') return String(value);
  const [name, kind] = value.split('\0\x01');
  return `"${kind === undefined ? value : `${kind}::${name}`}"`;
}

/** Long arrays go on in lines of their own. */
function wrapped(words: readonly string[]): string {
  const lines: string[] = [];
  for (let at = 0; at < words.length; at += 100) lines.push(words.slice(at, at + 100).join(','));
  return lines.join(',\n');
}
