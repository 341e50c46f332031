import { Select } from '@mantine/core';
import type { ModelSummary } from '../../../contract/engine-info.ts';
import { editClip } from '../../state/document.ts';
import type { ActiveClip } from '../../state/selectors.ts';
import { Field } from './Field.tsx';
import classes from './ModelField.module.css';
import { modelGroups, modelProblem } from './model-options.ts';

interface Props {
  readonly active: ActiveClip;
  readonly models: readonly ModelSummary[];
}

const ADVICE =
  'Networks know how people move, tell how large an error they expect, and mark bad frames by it. Filters only smooth; they run in a moment and also take 2D clips.';

/** Which network or filter refines. */
export function ModelField({ active, models }: Props) {
  const { id, edits, clip } = active;
  const { dimensions } = clip.info;
  const chosen = models.find(({ name }) => name === edits.model);
  return (
    <Field title="Method" control="method" advice={ADVICE}>
      <Select
        id="method"
        size="xs"
        w="100%"
        data={modelGroups(models, dimensions)}
        value={edits.model}
        allowDeselect={false}
        placeholder="Waiting for the engine"
        comboboxProps={{ width: 280, position: 'bottom-end' }}
        data-testid="model-select"
        onChange={(model) => model !== null && editClip(id, { model })}
        renderOption={({ option }) => {
          const model = models.find(({ name }) => name === option.value);
          if (model === undefined) return option.label;
          const problem = modelProblem(model, dimensions);
          return (
            <div className={classes.option}>
              <div>{model.name}</div>
              <div className={classes.details}>{problem === '' ? model.title : problem}</div>
            </div>
          );
        }}
      />
      {chosen !== undefined && <div className={classes.details}>{chosen.title}</div>}
    </Field>
  );
}
