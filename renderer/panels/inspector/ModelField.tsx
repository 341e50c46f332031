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
  'Networks know how people move; posemend also tells how large an error it expects of every joint. Filters only smooth; they run in a moment and also take 2D clips.';

/** Which network or filter refines. */
export function ModelField({ active, models }: Props) {
  const { id, edits, clip } = active;
  const chosen = models.find(({ name }) => name === edits.model);
  return (
    <Field title="Method" control="method" advice={ADVICE}>
      <Select
        id="method"
        size="xs"
        w="100%"
        data={modelGroups(models, clip.info)}
        value={edits.model}
        allowDeselect={false}
        placeholder="Waiting for the engine"
        comboboxProps={{ width: 280, position: 'bottom-end' }}
        data-testid="model-select"
        onChange={(model) => model !== null && editClip(id, { model })}
        renderOption={({ option }) => {
          const model = models.find(({ name }) => name === option.value);
          if (model === undefined) return option.label;
          const problem = modelProblem(model, clip.info);
          return (
            <div className={classes.option}>
              <div>{model.name}</div>
              <div className={classes.details}>{problem === '' ? model.title : problem}</div>
              {problem === '' && model.figures !== undefined && (
                <div className={classes.details}>{model.figures}</div>
              )}
            </div>
          );
        }}
      />
      {chosen !== undefined && (
        <div className={classes.details} title={chosen.figures}>
          {chosen.title}
        </div>
      )}
    </Field>
  );
}
