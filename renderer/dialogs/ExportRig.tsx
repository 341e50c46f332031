import { Checkbox, Group, NumberInput, Select, Stack } from '@mantine/core';
import { useId } from 'react';
import { holdsSeveralTakes } from '../../contract/file-kinds.ts';
import type { RigNames, RootMotion } from '../../motion/rig/rig.ts';
import classes from './ExportDialog.module.css';
import type { ExportTarget } from './export-presets.ts';

const NAME_OPTIONS: readonly { readonly value: RigNames; readonly label: string }[] = [
  { value: 'as-input', label: 'As the input' },
  { value: 'humanik', label: 'HumanIK' },
  { value: 'mixamo', label: 'Mixamo' },
  { value: 'unreal', label: 'Unreal Manny' },
];

const ROOT_OPTIONS: readonly { readonly value: RootMotion; readonly label: string }[] = [
  { value: 'hips', label: 'In the hips' },
  { value: 'root', label: 'In a root joint on the floor' },
  { value: 'in-place', label: 'None: in place' },
];

/** Below what is seen; an editor gets curves of a few keys. */
const USUAL_KEY_ERROR_MM = 1;

export interface ExportRigProps {
  readonly target: ExportTarget;
  readonly onChange: (change: Partial<ExportTarget>) => void;
}

/** What can be chosen of a skeleton that is written: names, where the path goes, and keys or a rest frame. */
export function ExportRig({ target, onChange }: ExportRigProps) {
  const { format, names, rootMotion, keyErrorMm, restFrame } = target;
  const noteId = useId();
  return (
    <Stack gap="xs">
      <Group gap="sm" grow>
        <Select
          size="xs"
          label="Joint names"
          allowDeselect={false}
          value={names}
          data={NAME_OPTIONS}
          onChange={(chosen) => onChange({ names: chosen as RigNames })}
        />
        <Select
          size="xs"
          label="Root motion"
          allowDeselect={false}
          value={rootMotion}
          data={ROOT_OPTIONS}
          onChange={(chosen) => onChange({ rootMotion: chosen as RootMotion })}
        />
      </Group>
      {holdsSeveralTakes(format) && (
        <div>
          <Group gap="xs">
            <Checkbox
              size="xs"
              label="Fewer keys, off by at most"
              aria-describedby={noteId}
              checked={keyErrorMm > 0}
              onChange={(event) =>
                onChange({ keyErrorMm: event.currentTarget.checked ? USUAL_KEY_ERROR_MM : 0 })
              }
            />
            <NumberInput
              size="xs"
              aria-label="Largest error of left out keys, mm"
              w={88}
              suffix=" mm"
              min={0.01}
              max={1000}
              decimalScale={2}
              disabled={keyErrorMm === 0}
              value={keyErrorMm === 0 ? USUAL_KEY_ERROR_MM : keyErrorMm}
              onChange={(typed) => {
                const bound = Number(typed);
                if (typed !== '' && bound > 0 && bound <= 1000) onChange({ keyErrorMm: bound });
              }}
            />
          </Group>
          <p id={noteId} className={classes.note}>
            Keys are left out where that moves no joint by more than this in any frame. Otherwise every frame
            is a key.
          </p>
        </div>
      )}
      {format === 'bvh' && (
        <Checkbox
          size="xs"
          label="Begin with a frame in T-pose, for retargeting"
          checked={restFrame}
          onChange={(event) => onChange({ restFrame: event.currentTarget.checked })}
        />
      )}
    </Stack>
  );
}
