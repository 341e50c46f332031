import { Select } from '@mantine/core';
import type { RefineChoices } from '../../../contract/takes.ts';
import { editClip } from '../../state/document.ts';
import type { ActiveClip } from '../../state/selectors.ts';
import { Field } from './Field.tsx';

type Device = RefineChoices['device'];

const TITLES: Readonly<Record<Device, string>> = {
  auto: 'Automatic',
  cpu: 'Processor (CPU)',
  cuda: 'NVIDIA graphics (CUDA)',
  dml: 'Windows graphics (DirectML)',
  coreml: 'Apple (Core ML)',
  webgpu: 'Graphics (WebGPU)',
};

interface Props {
  readonly active: ActiveClip;
  /** As the engine names them. */
  readonly devices: readonly string[];
}

/** Where the network runs. */
export function DeviceField({ active, devices }: Props) {
  const { id, edits } = active;
  return (
    <Field
      title="Runs on"
      control="device"
      advice="Automatic takes the first that works. A device that is not there falls back to the processor, and the take says so. Filters always run on the processor."
    >
      <Select
        id="device"
        size="xs"
        w="100%"
        allowDeselect={false}
        data={devices.filter(isDevice).map((device) => ({ value: device, label: TITLES[device] }))}
        value={edits.device}
        onChange={(device) => device !== null && isDevice(device) && editClip(id, { device })}
      />
    </Field>
  );
}

function isDevice(name: string): name is Device {
  return Object.hasOwn(TITLES, name);
}
