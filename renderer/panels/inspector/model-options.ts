import type { ModelSummary } from '../../../contract/engine-info.ts';

/** A refiner in the list of methods. */
export interface ModelOption {
  readonly value: string;
  readonly label: string;
  readonly disabled: boolean;
  /** Why it cannot be chosen; '' if it can. */
  readonly problem: string;
}

export interface ModelGroup {
  readonly group: string;
  readonly items: ModelOption[];
}

/** Networks, then filters, each with what keeps it from being used on this clip. */
export function modelGroups(models: readonly ModelSummary[], dimensions: 2 | 3): ModelGroup[] {
  const group = (kind: ModelSummary['kind'], title: string): ModelGroup => ({
    group: title,
    items: models
      .filter((model) => model.kind === kind)
      .map((model) => {
        const problem = modelProblem(model, dimensions);
        return { value: model.name, label: model.name, disabled: problem !== '', problem };
      }),
  });
  return [group('network', 'Networks'), group('filter', 'Filters')].filter(({ items }) => items.length > 0);
}

/** Why a refiner cannot be used on a clip; '' if it can. */
export function modelProblem({ kind, problem }: ModelSummary, dimensions: 2 | 3): string {
  if (problem !== undefined) return problem;
  return kind === 'network' && dimensions === 2 ? 'reads 3D clips only' : '';
}
