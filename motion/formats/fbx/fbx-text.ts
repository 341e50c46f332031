import { FormatError } from '../../errors.ts';
import type { FbxTree, FbxTreeNode, FbxValue } from './fbx-tree.ts';

const DEEPEST = 64;
const MOST_RECORDS = 5_000_000;

/** Whether a text begins as FBX text files do: comments, then `FBXHeaderExtension:`. */
export function isTextFbx(text: string): boolean {
  const start = text
    .slice(0, 20_000)
    .replace(/^\uFEFF/, '')
    .replace(/;[^\n\r]*/g, '');
  return start.trimStart().startsWith('FBXHeaderExtension');
}

/**
 * Reads the records of an FBX text file: `Name: value, value {` records `}`, arrays as `*3 { a: 1,2,3 }`.
 * Throws FormatError, naming `source` and the line.
 */
export function parseFbxText(text: string, source: string): FbxTree {
  const version = Number(/FBXVersion:\s*(\d+)/.exec(text.slice(0, 20_000))?.[1]);
  if (!(version >= 7000)) {
    throw new FormatError(
      source,
      'FBXVersion',
      Number.isFinite(version) ? `is ${version / 1000}, this program reads 7.0 to 7.7` : 'is missing',
      'save it as FBX 2014 or later, for example with Autodesk FBX Converter',
    );
  }
  const scanner: Scanner = { text, source, at: text.startsWith('\uFEFF') ? 1 : 0, records: 0 };
  const nodes = readRecords(scanner, 0);
  return { version, container: 'text', nodes };
}

interface Scanner {
  readonly text: string;
  readonly source: string;
  at: number;
  records: number;
}

const NAME = /([A-Za-z_][\w|]*)[ \t]*:/y;
const WORD = /[^\s,{}"]+/y;
const BLANKS = /[ \t]*/y;
const BLANKS_AND_COMMENTS = /(?:\s+|;[^\n\r]*)*/y;

function readRecords(scanner: Scanner, depth: number): FbxTreeNode[] {
  if (depth > DEEPEST) throw damaged(scanner, `records lie more than ${DEEPEST} deep`);
  const { text } = scanner;
  const nodes: FbxTreeNode[] = [];
  for (;;) {
    skip(scanner, BLANKS_AND_COMMENTS);
    if (scanner.at >= text.length) {
      if (depth > 0) throw damaged(scanner, 'the file ends within a record: it is cut off');
      return nodes;
    }
    if (text[scanner.at] === '}') {
      if (depth === 0) throw damaged(scanner, 'closes a record that is not open');
      scanner.at++;
      return nodes;
    }
    nodes.push(readRecord(scanner, depth));
    scanner.records++;
    if (scanner.records > MOST_RECORDS) throw damaged(scanner, `there are more than ${MOST_RECORDS} records`);
  }
}

function readRecord(scanner: Scanner, depth: number): FbxTreeNode {
  const { text } = scanner;
  NAME.lastIndex = scanner.at;
  const match = NAME.exec(text);
  if (!match)
    throw damaged(
      scanner,
      `expected a record, found ${JSON.stringify(text.slice(scanner.at, scanner.at + 20))}`,
    );
  scanner.at = NAME.lastIndex;
  const values: FbxValue[] = [];
  for (;;) {
    skip(scanner, BLANKS);
    const next = text[scanner.at];
    if (next === '{') {
      scanner.at++;
      const children = readRecords(scanner, depth + 1);
      const array = arrayOf(values, children);
      return array ? { name: match[1], values: [array], children: [] } : { name: match[1], values, children };
    }
    if (next === ',') {
      // A list of values goes on in the next line.
      scanner.at++;
      skip(scanner, BLANKS_AND_COMMENTS);
      continue;
    }
    if (next === undefined || next === '}' || next === ';') return { name: match[1], values, children: [] };
    if (next === '\n' || next === '\r') {
      const before = scanner.at;
      skip(scanner, BLANKS_AND_COMMENTS);
      if (text[scanner.at] === ',') continue;
      if (text[scanner.at] === '{') continue;
      scanner.at = before;
      return { name: match[1], values, children: [] };
    }
    values.push(readValue(scanner));
  }
}

/** The numbers of `*3 { a: 1,2,3 }`. */
function arrayOf(values: readonly FbxValue[], children: readonly FbxTreeNode[]): Float64Array | undefined {
  const [first] = values;
  if (values.length !== 1 || typeof first !== 'string' || !/^\*\d+$/.test(first)) return undefined;
  return Float64Array.from(children[0]?.values ?? [], Number);
}

function readValue(scanner: Scanner): FbxValue {
  const { text } = scanner;
  if (text[scanner.at] === '"') {
    const end = text.indexOf('"', scanner.at + 1);
    if (end < 0) throw damaged(scanner, 'a text has no end');
    const value = text.slice(scanner.at + 1, end).replaceAll('&quot;', '"');
    scanner.at = end + 1;
    return value;
  }
  WORD.lastIndex = scanner.at;
  const word = WORD.exec(text)?.[0];
  if (word === undefined)
    throw damaged(scanner, `expected a value, found ${JSON.stringify(text[scanner.at])}`);
  scanner.at = WORD.lastIndex;
  if (/^[+-]?\d{16,20}$/.test(word)) return BigInt(word);
  const number = Number(word);
  return Number.isNaN(number) ? word : number;
}

function skip(scanner: Scanner, pattern: RegExp): void {
  pattern.lastIndex = scanner.at;
  pattern.exec(scanner.text);
  scanner.at = Math.max(scanner.at, pattern.lastIndex);
}

function damaged(scanner: Scanner, problem: string): FormatError {
  const line = scanner.text.slice(0, scanner.at).split(/\r\n|\r|\n/).length;
  return new FormatError(scanner.source, line, problem, 'export it again: the file is damaged');
}
