import type { ClipInfo } from '../../../contract/clips.ts';
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

/** What decides which refiners a clip can use. */
type ClipKind = Pick<ClipInfo, 'dimensions' | 'kind'>;

/** Networks, then filters, each with what keeps it from being used on this clip. */
export function modelGroups(models: readonly ModelSummary[], clip: ClipKind): ModelGroup[] {
  const group = (kind: ModelSummary['kind'], title: string): ModelGroup => ({
    group: title,
    items: models
      .filter((model) => model.kind === kind)
      .map((model) => {
        const problem = modelProblem(model, clip);
        return { value: model.name, label: model.name, disabled: problem !== '', problem };
      }),
  });
  return [group('network', 'Networks'), group('filter', 'Filters')].filter(({ items }) => items.length > 0);
}

/** Why a refiner cannot be used on a clip; '' if it can. */
export function modelProblem({ kind, needs, reads2d, problem }: ModelSummary, clip: ClipKind): string {
  if (problem !== undefined) return problem;
  if (kind === 'network' && clip.dimensions === 2 && reads2d !== true) return 'reads 3D clips only';
  return needs === 'rotations' && clip.kind === 'positions'
    ? 'reads rotations, and this clip has positions only'
    : '';
}
