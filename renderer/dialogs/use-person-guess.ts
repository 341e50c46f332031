import { useEffect, useState } from 'react';
import type { ImportGuess } from '../../contract/clips.ts';
import type { GrantedFile } from '../../contract/host.ts';
import { engine } from '../engine/client.ts';

/** The guess about whoever is chosen of a file; until it has come, the one before. */
export function usePersonGuess(
  file: GrantedFile,
  first: ImportGuess,
  person: string | undefined,
): ImportGuess {
  const [guess, setGuess] = useState(first);
  useEffect(() => {
    if (person === undefined || person === guess.person) return;
    let isCurrent = true;
    engine()
      .clips.guess({ file: file.token, person })
      .then(
        (found) => {
          if (isCurrent) setGuess(found);
        },
        // The picture beside it says what is wrong.
        () => {},
      );
    return () => {
      isCurrent = false;
    };
  }, [file, guess.person, person]);
  return guess;
}
