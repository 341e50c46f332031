import { Switch, TagsInput, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useActivity } from '../../state/activity.ts';
import { editClip } from '../../state/document.ts';
import type { ActiveClip } from '../../state/selectors.ts';
import { counted } from '../parts/number-text.ts';
import { Field } from './Field.tsx';
import classes from './LibraryFields.module.css';

/** Whether clean windows are consulted, and which. */
export function LibraryFields({ active }: { readonly active: ActiveClip }) {
  const { id, edits } = active;
  const info = useActivity((state) => state.engineInfo);
  const library = info?.library ?? null;
  return (
    <div className={classes.fields}>
      <Field
        title="Library"
        control="use-library"
        advice="The network compares each window with the most similar clean motion of the library, and leans on it where the input is unsure. Filters do not use it."
      >
        <Switch
          id="use-library"
          size="xs"
          checked={edits.useLibrary}
          label={library === null ? 'Not there' : counted(library.entries, 'reference')}
          disabled={library === null}
          data-testid="library-switch"
          onChange={(event) => editClip(id, { useLibrary: event.currentTarget.checked })}
        />
        {library === null && info !== null && <p className={classes.problem}>{info.libraryProblem}</p>}
      </Field>
      <Field
        title="Tags"
        control="tags"
        advice="Only references that carry every one of these tags are consulted."
      >
        <TagsInput
          id="tags"
          size="xs"
          w="100%"
          data={[...(library?.tags ?? [])]}
          value={[...edits.tags]}
          maxTags={50}
          disabled={!edits.useLibrary || library === null}
          placeholder={edits.tags.length === 0 ? 'Any' : ''}
          data-testid="tags-input"
          onChange={(tags) => editClip(id, { tags })}
        />
      </Field>
      <PersonField clip={id} person={edits.person} isDisabled={!edits.useLibrary} />
    </div>
  );
}

/** What is typed counts on Enter or on leaving the field, so that it is one step to undo. */
function PersonField({
  clip,
  person,
  isDisabled,
}: {
  readonly clip: string;
  readonly person: string;
  readonly isDisabled: boolean;
}) {
  const [draft, setDraft] = useState(person);
  useEffect(() => setDraft(person), [person]);
  const commit = (): void => {
    if (draft.trim() !== person) editClip(clip, { person: draft.trim() });
  };
  return (
    <Field
      title="Person"
      control="person"
      advice="Who performs the clip. References of the same person are left out, so that a clip is not mended with itself."
    >
      <TextInput
        id="person"
        size="xs"
        w="100%"
        maxLength={200}
        placeholder="Not said"
        value={draft}
        disabled={isDisabled}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setDraft(person);
        }}
      />
    </Field>
  );
}
