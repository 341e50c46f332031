import { expect, test } from 'vitest';
import { bytesOf, POSES, plain, pythonFile, refusal } from '../../../test/python-files.ts';
import { readPickle } from './pickle-read.ts';
import { isPyDict, isPyObject, type PyArray, type PyDict } from './py-value.ts';

const poses = (dtype: string) => ({ shape: [3, 4], dtype, values: [...POSES] });

/** What many_types() of fixtures/make_python_files.py makes. */
const MANY_TYPES = {
  none: null,
  true: true,
  false: false,
  small: 7,
  word: 300,
  negative: -70000,
  long: 2n ** 53n + 2n,
  minus_long: -(2n ** 70n),
  float: -0.1,
  nan: Number.NaN,
  text: "Jürgen 🏃\n'\\",
  bytes: [0, 200, 255],
  list: [1, [2.5, 'x'], []],
  tuple: [1, 2, 3, 4],
  set: [5],
  ordered: { b: 1, a: 2 },
  default: { k: [1] },
  7: { track: 7 },
  '(1, 2)': 'pair',
  f4: poses('f4'),
  f8_fortran: poses('f8'),
  f2_big: poses('f2'),
  i8: { shape: [4], dtype: 'i8', values: [0, 1, 2, 3] },
  b1: { shape: [2], dtype: 'b1', values: [1, 0] },
  texts: { shape: [2], dtype: 'U', values: ['a', 'bcü'] },
  byte_texts: { shape: [2], dtype: 'S', values: ['a', 'bc'] },
  objects: { shape: [2], dtype: 'O', values: [{ x: 1 }, null] },
  scalar: 1.5,
  scalar_bool: true,
  scalar_int: -3,
  empty: { shape: [0, 3], dtype: 'f8', values: [] },
};

test.each([0, 1, 2, 3, 4, 5])('protocol %i gives every kind of value', (protocol) => {
  const name = `types-${protocol}.pkl`;
  expect(plain(readPickle(pythonFile(name), name))).toEqual(MANY_TYPES);
});

test.each([2, 5])('NumPy 2, which renamed its modules, gives the same with protocol %i', (protocol) => {
  const name = `numpy2-${protocol}.pkl`;
  expect(plain(readPickle(pythonFile(name), name))).toEqual(MANY_TYPES);
});

test('integer keys stay numbers and keep their order', () => {
  const value = readPickle(pythonFile('types-4.pkl'), 'types-4.pkl') as PyDict;
  expect([...value.keys()].slice(17, 19)).toEqual([7, '(1, 2)']);
});

test.each([0, 1, 2])('protocol %i of Python 2 gives arrays from text, and inert objects', (protocol) => {
  const value = readPickle(pythonFile(`python2-${protocol}.pkl`), 'python2.pkl') as PyDict;
  expect(plain(value)).toMatchObject({
    smpl_poses: poses('f4'),
    smpl_trans: poses('f8'),
    text: 'it\'s\n"\\Ã©\0',
    unicode: 'Jürgen\n',
    long: 3,
    scalar: 0.5,
    objects: { shape: [2], dtype: 'O', values: [null, 'a'] },
    texts: { shape: [2], dtype: 'U', values: ['bü', ''] },
    v_template: { className: 'chumpy.ch.Ch', args: [], state: { x: poses('f8') } },
    J_regressor: {
      className: 'scipy.sparse.csc.csc_matrix',
      state: { _shape: [2, 3], data: { values: [1, 2] }, indptr: { dtype: 'i4', values: [0, 1, 1, 2] } },
    },
  });
});

test('one array under several names is one array, converted once', () => {
  const [first, second, dict] = readPickle(pythonFile('shared.pkl'), 'shared.pkl') as [
    PyArray,
    PyArray,
    PyDict,
  ];
  expect(second).toBe(first);
  expect(dict.get('again')).toBe(first);
  expect(first.data).toEqual(POSES);
  expect(first.data).toBe(second.data);
});

test('the numbers of a Node buffer and of a view within a larger one are the same', () => {
  const file = pythonFile('types-5.pkl');
  const larger = new Uint8Array(file.length + 3);
  larger.set(file, 3);
  expect(plain(readPickle(Buffer.from(file), 'a.pkl'))).toEqual(MANY_TYPES);
  expect(plain(readPickle(larger.subarray(3), 'a.pkl'))).toEqual(MANY_TYPES);
});

test.each([
  ['INT', 'I-12\n.', -12],
  ['INT of protocol 1', 'I01\n.', true],
  ['LONG', 'L123456789012345678901L\n.', 123456789012345678901n],
  ['LONG1 of no bytes', '\x8a\x00.', 0],
  ['LONG1, negative', '\x8a\x02\xfe\xff.', -2],
  ['LONG4', '\x8b\x01\x00\x00\x00\x80.', -128],
  ['FLOAT', 'F-1.5e3\n.', -1500],
  ['FLOAT, infinite', 'F-inf\n.', Number.NEGATIVE_INFINITY],
  ['STRING', "S'a\\x41\\n\\'\\101'\n.", "aA\n'A"],
  ['UNICODE', 'Va\\u00fc\\U0001F3C3\n.', 'aü🏃'],
  ['BINUNICODE with a lone surrogate', 'X\x03\x00\x00\x00\xed\xa0\x80.', '\ud800'],
  ['DUP and TUPLE2', 'K\x012\x86.', [1, 1]],
  ['DICT', '(K\x01K\x02d.', { 1: 2 }],
  ['POP of a mark', 'K\x01(0.', 1],
  ['POP_MARK', 'K\x01(K\x02K\x031.', 1],
  ['FROZENSET', '(K\x01K\x02\x91.', [1, 2]],
  ['MEMOIZE twice', '\x8c\x01a\x94\x8c\x01b\x94h\x00h\x01\x86.', ['a', 'b']],
  ['LONG_BINPUT', 'Nr\xff\xff\xff\xffj\xff\xff\xff\xff.', null],
  ['BYTEARRAY8', '\x96\x02\x00\x00\x00\x00\x00\x00\x00ab.', [97, 98]],
  [
    'INST of an old-style class',
    "(ichumpy.ch\nCh\n(dS'x'\nI1\nsb.",
    { kind: 'object', className: 'chumpy.ch.Ch', args: [], state: { x: 1 } },
  ],
  ['OBJ', '(cchumpy.ch\nCh\nK\x01o.', { kind: 'object', className: 'chumpy.ch.Ch', args: [1], state: null }],
  ['a dict with attributes of its own', 'ccollections\nOrderedDict\n)R}X\x01\x00\x00\x00aK\x01sb.', {}],
])('%s', (_, pickle, expected) => {
  expect(plain(readPickle(bytesOf(pickle), 'hand.pkl'))).toEqual(expected);
});

test('long integers are exact: a bigint beyond 2^53', () => {
  const value = readPickle(pythonFile('types-2.pkl'), 'types-2.pkl');
  expect(isPyDict(value) && value.get('long')).toBe(9007199254740994n);
});

test('a class that is only mentioned is inert', () => {
  const value = readPickle(bytesOf('cnumpy\nfloat32\n.'), 'hand.pkl');
  expect(isPyObject(value) && value).toEqual({
    kind: 'object',
    className: 'numpy.float32',
    args: [],
    state: null,
  });
});

test.each([
  ['an empty file', '', /^bad\.pkl:byte 0: 1 bytes are due, 0 are left; the file was cut off/],
  ['no STOP', 'K\x01', /byte 2: 1 bytes are due/],
  ['STOP without a value', '.', /byte 0: the stack is empty/],
  ['a protocol of the future', '\x80\x06N.', /byte 0: pickle protocol 6, known are 0 to 5/],
  ['an unknown opcode', '\xff.', /byte 0: byte 0xff is no pickle opcode/],
  ['a pop below a mark', 'N(\x85.', /byte 2: the stack is empty/],
  ['no mark', 'Nt.', /no mark on the stack/],
  ['an empty memo', 'h\x07.', /memo 7 is empty/],
  ['items for a dict', '}K\x01a.', /items for what is no list/],
  ['keys for a list', ']K\x01K\x02s.', /keys for what is no dict/],
  ['an odd number of keys', '}(K\x01K\x02K\x03u.', /a key without a value/],
  ['a dict as a key', '}}K\x01s.', /a key that is neither a text nor a number/],
  ['a state for a list', ']}b.', /a state for what has none/],
  ['a second pickle', 'N.N.', /byte 2: 2 bytes follow the pickled value; save one value/],
  ['a buffer outside of the file', '\x97.', /a buffer outside of the file/],
  ['a persistent id', 'Pabc\n.', /byte 0: it refers to something outside of the file/],
  ['text that is no UTF-8', '\x8c\x01\xff.', /a text is no UTF-8/],
  ['a number that is none', 'I1e5\n.', /'1e5' is no whole number/],
  ['a float that is none', 'F0x10\n.', /'0x10' is no number/],
])('%s is refused with file, byte and reason', (_, pickle, message) => {
  expect(refusal(() => readPickle(bytesOf(pickle), 'bad.pkl'))).toMatch(message);
});
