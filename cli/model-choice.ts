import { PoseMendError } from '../contract/errors.ts';
import { nearestNames } from '../motion/skeleton/joint-map.ts';

/** The model to use. Throws PoseMendError ('usage') for a name that no model has, before any clip is read. */
export async function chooseModel(wanted: string | undefined): Promise<string> {
  const { defaultModelName, listModels } = await import('../native-model/index.ts');
  const fallback = defaultModelName();
  // Where the default itself is missing, the engine says what to do about it.
  if (wanted === undefined || wanted === fallback) return fallback;
  const names = (await listModels()).map((model) => model.name);
  if (names.includes(wanted)) return wanted;
  throw unknownModel(wanted, names);
}

export function unknownModel(wanted: string, names: readonly string[]): PoseMendError {
  const near = nearestNames(wanted, names, 1).join('');
  return new PoseMendError(
    'usage',
    `no model is called '${wanted}' (did you mean ${near}?); there are ${names.join(', ')}`,
  );
}
