import type { ClipEdits } from '../../state/document.ts';

/** Why no references can be shown, and what a user can do. */
export interface WhyNone {
  readonly title: string;
  readonly advice: string;
  /** A change of the clip's settings that would help. */
  readonly remedy: { readonly title: string; readonly change: Partial<ClipEdits> } | null;
}

export interface ReferenceCircumstances {
  readonly isEngineReady: boolean;
  /** Null before the engine told about itself. */
  readonly hasLibrary: boolean | null;
  readonly libraryProblem: string | null;
  /** Null while no clip is open. */
  readonly clip: {
    readonly dimensions: 2 | 3;
    readonly edits: Pick<ClipEdits, 'useLibrary' | 'tags'>;
  } | null;
}

/** Null where nothing stands in the way. */
export function whyNone(circumstances: ReferenceCircumstances): WhyNone | null {
  const { isEngineReady, hasLibrary, libraryProblem, clip } = circumstances;
  if (clip === null) {
    return {
      title: 'No clip is open.',
      advice: 'Open one; clean motion like the one at the playhead appears here.',
      remedy: null,
    };
  }
  if (clip.dimensions === 2) {
    return {
      title: 'A 2D clip has no references.',
      advice: 'The library holds 3D motion, which cannot be compared with 2D keypoints.',
      remedy: null,
    };
  }
  if (!isEngineReady || hasLibrary === null) {
    return { title: 'Waiting for the engine.', advice: 'References appear when it is ready.', remedy: null };
  }
  if (!hasLibrary) {
    return {
      title: 'The reference library cannot be opened.',
      advice: libraryProblem ?? 'Install PoseMend again to get it back; refining works without it.',
      remedy: null,
    };
  }
  if (!clip.edits.useLibrary) {
    return {
      title: 'References are off for this clip.',
      advice: 'A refine will not consult the library.',
      remedy: { title: 'Use the library', change: { useLibrary: true } },
    };
  }
  return null;
}

/** For an answer without items: no entry passed the filters. */
export function whyNothingFound(edits: Pick<ClipEdits, 'tags' | 'person'>): WhyNone {
  if (edits.tags.length > 0) {
    return {
      title: `No reference carries ${edits.tags.length === 1 ? 'the tag' : 'all the tags'} ${edits.tags.join(', ')}.`,
      advice: 'Tags are chosen in the inspector, under References.',
      remedy: { title: 'Clear the tags', change: { tags: [] } },
    };
  }
  return {
    title: 'No reference was found.',
    advice: edits.person === '' ? 'The library is empty.' : `References of ${edits.person} are left out.`,
    remedy: null,
  };
}
