import { expect, test } from 'vitest';
import { bytesOf, type Part, plain, refusal, uint32 } from '../../../test/python-files.ts';
import { readJoblib } from './joblib-read.ts';
import { readPickle } from './pickle-read.ts';
import { readPyFile } from './py-file.ts';
import { PICKLE_LIMITS } from './py-limits.ts';

const read = (...parts: readonly Part[]) => readPickle(bytesOf(...parts), 'evil.pkl');

test('a pickle that would run a command names the class, the byte and the way out', () => {
  expect(refusal(() => read("cos\nsystem\n(S'echo hello'\ntR."))).toBe(
    'evil.pkl:byte 0: it asks for `os.system`, which no motion data needs; the file may be malicious; ' +
      'nothing of it was run: if you trust it, save its arrays alone with np.savez',
  );
});

test.each([
  ['posix', 'system'],
  ['builtins', 'eval'],
  ['__builtin__', 'exec'],
  ['builtins', 'getattr'],
  ['builtins', '__import__'],
  ['builtins', 'dict.__init_subclass__'],
  ['functools', 'partial'],
  ['operator', 'attrgetter'],
  ['subprocess', 'Popen'],
  ['codecs', 'encode'],
  ['_codecs', 'decode'],
  ['numpy', 'load'],
  ['numpy', 'fromfile'],
  ['numpy.core.multiarray', 'fromfile'],
  ['numpy.testing._private.utils', 'runstring'],
  ['joblib', 'load'],
  ['torch', 'load'],
  ['torch.hub', 'load'],
  ['torch.jit', 'load'],
  ['pickle', 'loads'],
  ['ctypes', 'CDLL'],
  ['webbrowser', 'open'],
  // Names that mean something in JavaScript.
  ['builtins', 'constructor'],
  ['builtins', '__proto__'],
  ['', 'toString'],
])('%s.%s is refused as soon as it is named', (module, name) => {
  const called = `it asks for \`${module}.${name}\``;
  expect(refusal(() => read(`c${module}\n${name}\n.`))).toContain(called);
  expect(refusal(() => read(`(i${module}\n${name}\n.`))).toContain(called);
  const stackGlobal = bytesOf('\x8c', module.length, module, '\x8c', name.length, name, '\x93.');
  expect(refusal(() => read(stackGlobal))).toContain(called);
});

test('a hostile name shows up cut and printable', () => {
  expect(refusal(() => read(`c${'a\x1b[31m'.repeat(500)}\nb\n.`))).toMatch(/^.{0,400}$/);
});

test.each([
  ['a text that is called', "S'os.system'\n)R.", /it calls what is no known class/],
  ['a type that is called', 'cbuiltins\nobject\n)R.', /it calls what is no known class/],
  ['an instance that is called', 'cchumpy.ch\nCh\n)R)R.', /it calls what is no known class/],
  [
    'an object of a type that is only mentioned',
    'cnumpy\nndarray\n)\x81.',
    /it calls what is no known class/,
  ],
  ['arguments that are no tuple', 'cchumpy.ch\nCh\nNR.', /a call without arguments/],
  ['a call with nothing on the stack', '(o.', /it calls what is no known class/],
  ['named arguments', 'cchumpy.ch\nCh\n)}K\x01K\x02s\x92.', /named arguments/],
  ['a state for a class', 'cnumpy\nndarray\n}b.', /a state for what has none/],
  [
    '_reconstructor of any class',
    'ccopy_reg\n_reconstructor\n(cnumpy\nndarray\ncbuiltins\nobject\nNtR.',
    /no known class/,
  ],
  ['bytes by a strange codec', "c_codecs\nencode\n(S'x'\nS'idna'\ntR.", /bytes of an unknown encoding/],
  ['a list of what is none', 'cbuiltins\nlist\n(K\x05tR.', /a list is made of what is none/],
  ['a class by number', '\x82\x01.', /a class by a number of the writer's own registry/],
  ['a dtype of records as an array of bytes', 'cnumpy\ndtype\n(Nt\x81.', /a dtype without a name/],
  [
    'a joblib array in a plain pickle',
    'cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81.',
    /outside of a joblib file/,
  ],
  [
    'a storage that is no PyTorch file',
    'ctorch.storage\n_load_from_bytes\n(C\x03abctR.',
    /byte \d+, storage, byte/,
  ],
  [
    'a tensor without a storage',
    'ctorch._utils\n_rebuild_tensor_v2\n(NK\x00)))tR.',
    /a tensor without a storage/,
  ],
])('%s is refused', (_, pickle, message) => {
  expect(refusal(() => read(pickle))).toMatch(message);
});

test('the allow-list holds in every container', () => {
  const evil = bytesOf('cos\nsystem\n.');
  expect(refusal(() => readJoblib(evil, 'evil.pkl'))).toContain('os.system');
  expect(refusal(() => readPyFile(evil, 'evil.pkl'))).toContain('os.system');
  const header = "{'descr': '|O', 'fortran_order': False, 'shape': (), }\n";
  const npy = bytesOf('\x93NUMPY\x01\x00', header.length, 0, header, evil);
  expect(refusal(() => readPyFile(npy, 'evil.npy'))).toMatch(/byte 65: it asks for `os.system`/);
});

test('a value that contains itself is refused', () => {
  expect(refusal(() => read(']q\x00h\x00a.'))).toMatch(/a value that contains itself/);
  expect(refusal(() => read('}q\x00K\x01h\x00s.'))).toMatch(/a value that contains itself/);
  expect(refusal(() => read('cchumpy.ch\nCh\n)\x81q\x00}K\x01h\x00sb.'))).toMatch(
    /a value that contains itself/,
  );
});

test('nesting is bounded, and deep nesting ends without exhausting the stack', () => {
  const nested = (depth: number) => read(']'.repeat(depth), 'a'.repeat(depth - 1), '.');
  expect(nested(200)).toHaveLength(1);
  expect(refusal(() => nested(201))).toMatch(/more than 200 levels deep/);
  expect(refusal(() => nested(100_000))).toMatch(/more than 200 levels deep/);
  // Deep by way of the memo: each list was finished before the next refers to it.
  const wrap = (at: number) => bytesOf(']j', uint32(at), 'ar', uint32(at + 1));
  const chain = Array.from({ length: 300 }, (_, at) => wrap(at));
  expect(refusal(() => read(']r', uint32(0), ...chain, '.'))).toMatch(/more than 200 levels deep/);
  // A list of 150 levels, met first on its own and then below 100 others.
  const twice = bytesOf(...chain.slice(0, 250), 'j', uint32(150), 'j', uint32(250), '\x86.');
  expect(refusal(() => read(']r', uint32(0), twice))).toMatch(/more than 200 levels deep/);
});

test('billion laughs: sixty bytes that unfold to a billion values are refused', () => {
  const doublings = Array.from({ length: 30 }, (_, at) => bytesOf(`(h`, at, 'h', at, 'tq', at + 1));
  expect(refusal(() => read(')q\x00', ...doublings, '.'))).toMatch(
    /repeated without end; the file may be malicious/,
  );
  // Thirty-two thousand are no harm.
  expect(read(')q\x00', ...doublings.slice(0, 15), '.')).toHaveLength(2);
});

test('an array repeated a million times is refused: walking it would read a billion numbers', () => {
  const array = bytesOf(
    'cnumpy.core.numeric\n_frombuffer\n(B',
    uint32(4096),
    new Uint8Array(4096),
    "X\x02\x00\x00\x00u1M\x00\x10S'C'\ntR",
  );
  expect(plain(read(array, '.'))).toMatchObject({ shape: [4096], dtype: 'u1' });
  expect(refusal(() => read('(', array, 'q\x00', 'h\x00'.repeat(20_000), 't.'))).toMatch(
    /repeated without end/,
  );
});

test('one text decoded again and again is refused', () => {
  const call = 'h\x01(h\x00h\x02tR0';
  const start = bytesOf(
    'X',
    uint32(2 ** 17),
    'a'.repeat(2 ** 17),
    'q\x00c_codecs\nencode\nq\x01X\x06\x00\x00\x00latin1q\x02',
  );
  expect(refusal(() => read(start, call.repeat(100), '.'))).toMatch(/decoded again and again/);
});

test.each([
  ['text', '\x8d\xff\xff\xff\xff\xff\xff\xff\x7f'],
  ['bytes', '\x8e\xff\xff\xff\xff\xff\xff\xff\xff'],
  ['bytearray', '\x96\x00\x00\x00\x00\x00\x00\x00\x40'],
  ['old string', 'T\xff\xff\xff\x7f'],
  ['bytes of protocol 3', 'B\xff\xff\xff\xff'],
])('%s longer than the file takes no memory', (_, pickle) => {
  expect(refusal(() => read(pickle, '.'))).toMatch(/\d{9,} bytes are due, 1 are left/);
});

test('a whole number of a hundred million digits is not converted', () => {
  expect(refusal(() => read('\x8b', uint32(10 ** 8), new Uint8Array(10 ** 5)))).toMatch(
    /a whole number of 100000000 bytes/,
  );
  expect(refusal(() => read(`L${'9'.repeat(100_000)}\n.`))).toMatch(/is no whole number/);
});

const dtype = (name: string) => `cnumpy\ndtype\n(S'${name}'\nK\x00K\x01tR`;
const array = (name: string, shape: string, content: string) =>
  `cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\x00tS'b'\ntR(K\x01(${shape}t${dtype(name)}K\x00${content}tb.`;

test('one number read again and again from the same bytes is refused', () => {
  const long = bytesOf('B', uint32(2 ** 17), new Uint8Array(2 ** 17), 'q\x00');
  const scalar = `cnumpy.core.multiarray\nscalar\n(${dtype('U32768')}h\x00tR0`;
  expect(refusal(() => read(long, scalar.repeat(100), '.'))).toMatch(/decoded again and again/);
});

test('tuples as keys stay short', () => {
  const long = bytesOf('X', uint32(100), 'a'.repeat(100));
  expect(refusal(() => read('}', long, 'K\x01\x86K\x02s.'))).toMatch(
    /a key that is neither a text nor a number/,
  );
  expect(plain(read('}X\x01\x00\x00\x00aK\x01\x86K\x02s.'))).toEqual({ '(a, 1)': 2 });
});

test('arrays by hand: the shape must be covered by the bytes', () => {
  expect(plain(read(array('u1', 'K\x02', "S'ab'\n")))).toEqual({ shape: [2], dtype: 'u1', values: [97, 98] });
  expect(refusal(() => read(array('f8', 'K\x02', "S'ab'\n")))).toMatch(
    /shape \(2\) of f8 needs 16 bytes, 2 are there/,
  );
});

test.each([
  ['a trillion items', array('f4', 'L1000000000000\n', "S'abcd'\n"), /beyond reason|needs/],
  [
    'a product beyond all numbers',
    array('f4', 'L9007199254740991\n'.repeat(30), "S'abcd'\n"),
    /beyond reason/,
  ],
  ['an empty axis beside a huge one', array('f4', 'K\x00L9007199254740991\n', "S''\n"), /beyond reason/],
  ['a negative axis', array('f4', 'I-1\n', "S''\n"), /beyond reason/],
  ['a fraction of an axis', array('f4', 'F0.5\n', "S'ab'\n"), /beyond reason/],
  ['texts of no length', array('U0', 'I1000000000\n', "S''\n"), /needs 1000000000 bytes/],
  ['objects that are not there', array('O8', 'I1000000000\n', ']'), /has other than 1000000000 items/],
  ['a hundred axes', array('f4', 'K\x01'.repeat(100), "S'abcd'\n"), /an array without a shape/],
])('an array of %s takes no memory', (_, pickle, message) => {
  expect(refusal(() => read(pickle))).toMatch(message);
});

test.each([
  ['values', 'N0'.repeat(2000), { maxValues: 1000 }, /more than 1000 values/],
  ['marks', '('.repeat(2000), { maxValues: 1000 }, /more than 1000 values/],
  ['dicts', '}0'.repeat(2000), { maxContainers: 1000 }, /more than 1000 lists, dicts and objects/],
  [
    'memo entries',
    `N${Array.from({ length: 2000 }, (_, at) => `p${at}\n`).join('')}`,
    { maxMemo: 1000 },
    /more than 1000 memo/,
  ],
  [
    'characters',
    `X${String.fromCharCode(...uint32(2000))}${'a'.repeat(2000)}`,
    { maxTextBytes: 1000 },
    /a text of 2000 bytes/,
  ],
])('the number of %s is bounded', (_, pickle, limits, message) => {
  const bytes = bytesOf(pickle, 'N.');
  expect(refusal(() => readPickle(bytes, 'evil.pkl', { ...PICKLE_LIMITS, ...limits }))).toMatch(message);
});
