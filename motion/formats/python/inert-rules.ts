import type { GlobalRule, GlobalRules, PickleContext } from './pickle-context.ts';
import type { PyObject, PyValue } from './py-value.ts';

/** Classes of which only the state is of interest. Their methods are never met. */
const CLASSES = [
  'chumpy.ch.Ch',
  'chumpy.Ch',
  'chumpy.ch.MatVecMult',
  'chumpy.reordering.Select',
  'chumpy.reordering.Concatenate',
  ...['csc', 'csr', 'coo'].flatMap((form) => [
    `scipy.sparse.${form}.${form}_matrix`,
    `scipy.sparse._${form}.${form}_matrix`,
    `scipy.sparse._${form}.${form}_array`,
  ]),
  'pathlib.Path',
  'pathlib.PosixPath',
  'pathlib.WindowsPath',
  'pathlib.PurePosixPath',
  'pathlib._local.PosixPath',
  'pathlib._local.WindowsPath',
  'datetime.datetime',
  'datetime.date',
  'torch.device',
];

function inert(className: string): GlobalRule {
  return { call: (args, context) => inertObject(className, args, context) };
}

function inertObject(className: string, args: readonly PyValue[], context: PickleContext): PyObject {
  const object = { kind: 'object' as const, className, args, state: null as PyValue };
  context.onBuild(object, (state) => {
    object.state = state;
  });
  return object;
}

/** `_reconstructor(cls, object, None)`: how protocols 0 and 1 make an object of any class. */
const reconstructor: GlobalRule = {
  call: ([made, base], context) => {
    const className = typeof made === 'object' && made !== null && 'className' in made ? made.className : '';
    const isPlain =
      typeof base === 'object' && base !== null && 'className' in base && BASES.includes(base.className);
    if (!CLASSES.includes(className) || !isPlain) throw context.fail('it makes an object of no known class');
    return inertObject(className, [], context);
  },
};

const BASES = ['builtins.object', '__builtin__.object'];

export const INERT_RULES: GlobalRules = {
  ...Object.fromEntries(CLASSES.map((className) => [className, inert(className)])),
  'copy_reg._reconstructor': reconstructor,
  'copyreg._reconstructor': reconstructor,
};
