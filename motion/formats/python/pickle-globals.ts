import { BUILTIN_RULES } from './builtin-rules.ts';
import { INERT_RULES } from './inert-rules.ts';
import { JOBLIB_RULES } from './joblib-rules.ts';
import { NUMPY_RULES } from './numpy-rules.ts';
import type { GlobalRule, PickleContext } from './pickle-context.ts';
import type { PyObject, PyValue } from './py-value.ts';
import { TORCH_RULES } from './torch-rules.ts';

/** The allow-list: every name a pickle may ask for. */
const RULES: ReadonlyMap<string, GlobalRule> = new Map(
  [BUILTIN_RULES, NUMPY_RULES, JOBLIB_RULES, TORCH_RULES, INERT_RULES].flatMap((rules) =>
    Object.entries(rules),
  ),
);

/** Which rule an object on the stack stands for. */
const ruleOf = new WeakMap<PyObject, GlobalRule>();

/**
 * What `module.name` stands for: an inert object that names it.
 * @throws FormatError for whatever is not on the allow-list.
 */
export function findGlobal(module: string, name: string, context: PickleContext): PyObject {
  const className = `${module}.${name}`;
  const rule = RULES.get(className);
  if (rule === undefined) {
    const shown = className.replace(/[^\u0021-\u007e]/g, '?').slice(0, 120);
    throw context.fail(
      `it asks for \`${shown}\`, which no motion data needs; the file may be malicious`,
      'nothing of it was run: if you trust it, save its arrays alone with np.savez',
    );
  }
  const global: PyObject = { kind: 'object', className, args: [], state: null };
  ruleOf.set(global, rule);
  return global;
}

/** The rule a value stands for; undefined where it is no name of the allow-list. */
export function globalRuleOf(value: PyValue | undefined): GlobalRule | undefined {
  return typeof value === 'object' && value !== null ? ruleOf.get(value as PyObject) : undefined;
}
