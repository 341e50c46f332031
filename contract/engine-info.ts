/** A refiner a user can choose. */
export interface ModelSummary {
  readonly name: string;
  readonly kind: 'network' | 'filter';
  readonly title: string;
  readonly version: string;
  /** Why it cannot be used. */
  readonly problem?: string;
}

export interface LibrarySummary {
  readonly entries: number;
  readonly clips: number;
  readonly tags: readonly string[];
  readonly licences: readonly string[];
  readonly version: string;
}

export interface EngineInfo {
  readonly version: string;
  readonly models: readonly ModelSummary[];
  readonly defaultModel: string;
  /** Null where the shipped library cannot be opened; `libraryProblem` says why. */
  readonly library: LibrarySummary | null;
  readonly libraryProblem: string | null;
  readonly devices: readonly string[];
}
