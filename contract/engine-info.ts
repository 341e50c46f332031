/** A refiner a user can choose. */
export interface ModelSummary {
  readonly name: string;
  readonly kind: 'network' | 'filter';
  readonly title: string;
  readonly version: string;
  /** How good it is, in one line: measured figures of its card. */
  readonly figures?: string;
  /** What it has to find in a clip; where nothing is said, a network needs 3D positions and a filter any. */
  readonly needs?: 'rotations';
  /** Whether a network treats 2D keypoints, too. */
  readonly reads2d?: boolean;
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
