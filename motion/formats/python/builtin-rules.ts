import { latin1Bytes } from '../text-bytes.ts';
import { encodeUtf8 } from '../utf8.ts';
import { type GlobalRule, type GlobalRules, type PickleContext, SAVE_PLAIN } from './pickle-context.ts';
import { toPyKey } from './pickle-keys.ts';
import { isPyDict, type PyKey, type PyValue } from './py-value.ts';

/**
 * A list, tuple or set: the very one it is made of, so that a small file cannot ask for many copies of a long list.
 * Nothing but the pickle's own opcodes could tell the difference.
 */
const list: GlobalRule = {
  call: ([items = []], { fail }) => {
    if (!Array.isArray(items)) throw fail('a list is made of what is none');
    return items;
  },
};

/** `dict()`, `dict({...})`, and `OrderedDict([[key, value], ...])` of Python 2. */
function makeDict(
  items: PyValue,
  { fail, spend }: Pick<PickleContext, 'fail' | 'spend'>,
): Map<PyKey, PyValue> {
  const dict = new Map<PyKey, PyValue>();
  const pairs = isPyDict(items) ? [...items] : items;
  if (!Array.isArray(pairs)) throw fail('a dict is made of what is none');
  spend(pairs.length * DICT_ENTRY_BYTES);
  for (const pair of pairs) {
    const key = Array.isArray(pair) && pair.length === 2 ? toPyKey(pair[0]) : null;
    if (key === null) throw fail('a dict is made of what is no key and value', SAVE_PLAIN);
    dict.set(key, pair[1]);
  }
  return dict;
}

/** A pair in the file takes about so many bytes: making a dict of them doubles that once. */
const DICT_ENTRY_BYTES = 4;

const dict: GlobalRule = { call: ([items = []], context) => makeDict(items, bound(context)) };
/** The factory of missing values is of no use here. */
const defaultDict: GlobalRule = { call: ([, items = []], context) => makeDict(items, bound(context)) };

/** `_codecs.encode(text, 'latin1')`: how Python 3 writes bytes for Python 2. */
const encode: GlobalRule = {
  call: ([text = '', encoding = 'utf-8'], context) => toBytes(text, encoding, context),
};

const bytes: GlobalRule = {
  call: ([text = new Uint8Array(0), encoding = 'utf-8'], context) => toBytes(text, encoding, context),
};

function toBytes(text: PyValue, encoding: PyValue, context: PickleContext): Uint8Array {
  if (text instanceof Uint8Array) return text;
  if (Array.isArray(text) && text.length === 0) return new Uint8Array(0);
  const name = typeof encoding === 'string' ? encoding.toLowerCase().replace(/[-_]/g, '') : '';
  const isLatin1 = name === 'latin1' || name === 'iso88591';
  if (typeof text !== 'string' || !(isLatin1 || name === 'utf8' || name === 'ascii')) {
    throw context.fail('bytes of an unknown encoding', SAVE_PLAIN);
  }
  context.spend(text.length);
  return isLatin1 ? latin1Bytes(text) : encodeUtf8(text);
}

function bound(context: PickleContext): Pick<PickleContext, 'fail' | 'spend'> {
  return { fail: context.fail, spend: (count) => context.spend(count) };
}

const collections: GlobalRules = {
  list,
  tuple: list,
  set: list,
  frozenset: list,
  dict,
  bytes,
  bytearray: bytes,
};

/** Classes that files mention, as the type of something, and never call. */
const MENTIONED = ['object', 'int', 'float', 'bool', 'str', 'complex', 'long', 'unicode'];

export const BUILTIN_RULES: GlobalRules = {
  ...inModules(['builtins', '__builtin__'], {
    ...collections,
    ...Object.fromEntries(MENTIONED.map((name) => [name, {}])),
  }),
  '_codecs.encode': encode,
  'collections.OrderedDict': dict,
  'collections.Counter': dict,
  'collections.defaultdict': defaultDict,
  'collections.deque': list,
};

function inModules(modules: readonly string[], rules: GlobalRules): GlobalRules {
  const named = modules.flatMap((module) =>
    Object.entries(rules).map(([name, rule]) => [`${module}.${name}`, rule] as const),
  );
  return Object.fromEntries(named);
}
