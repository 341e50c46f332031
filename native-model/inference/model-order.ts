import type { ModelCard } from './model-card.ts';

/** The most able first, and so the default. */
const ARCHITECTURES: readonly ModelCard['architecture'][] = [
  'posemend',
  'synsp++',
  'synsp',
  'hpr-net',
  'smoothnet',
];

/**
 * Order of networks in lists, for `sort`: by architecture, longer windows first, then by name; those whose card cannot
 * be read come last.
 */
export function compareNetworks(a: ListedNetwork, b: ListedNetwork): number {
  if (a.card === null || b.card === null) {
    return Number(a.card === null) - Number(b.card === null) || compareText(a.name, b.name);
  }
  return (
    ARCHITECTURES.indexOf(a.card.architecture) - ARCHITECTURES.indexOf(b.card.architecture) ||
    b.card.windowLength - a.card.windowLength ||
    compareText(a.name, b.name)
  );
}

interface ListedNetwork {
  readonly name: string;
  /** Null where it cannot be read. */
  readonly card: Pick<ModelCard, 'architecture' | 'windowLength'> | null;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
