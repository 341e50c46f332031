import { Button, Group, Select, Slider, Stack, Tabs, Text } from '@mantine/core';
import { useState } from 'react';
import { openSample } from '../actions/open-files.ts';
import { KEYMAPS } from '../shortcuts/keymaps.ts';
import { closeDialog, openDialog, useActivity } from '../state/activity.ts';
import { useDocument } from '../state/document.ts';
import { setView, useView, type ViewState } from '../state/view.ts';
import { startTour } from '../tour/tour.ts';
import { AboutPosemend } from './AboutPosemend.tsx';
import { DialogFrame } from './DialogFrame.tsx';
import { SettingChoice } from './SettingChoice.tsx';
import classes from './SettingsDialog.module.css';

/** How the window looks and answers, and what it is. */
export function SettingsDialog() {
  const isOpen = useActivity((state) => state.dialog?.kind === 'settings');
  return (
    <DialogFrame testId="settings-dialog" title="Settings" width={560} isOpen={isOpen}>
      {isOpen && (
        <Tabs defaultValue="look" keepMounted={false} classNames={{ panel: classes.panel ?? '' }}>
          <Tabs.List>
            <Tabs.Tab value="look" data-autofocus>
              Look
            </Tabs.Tab>
            <Tabs.Tab value="controls">Controls</Tabs.Tab>
            <Tabs.Tab value="about">About</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="look">
            <LookSettings />
          </Tabs.Panel>
          <Tabs.Panel value="controls">
            <ControlSettings />
          </Tabs.Panel>
          <Tabs.Panel value="about">
            <AboutPosemend />
          </Tabs.Panel>
        </Tabs>
      )}
    </DialogFrame>
  );
}

const SMALLEST_PERCENT = 80;
const LARGEST_PERCENT = 200;

function LookSettings() {
  const { theme, uiScale, reducedMotion } = useView();
  const percent = Math.round(uiScale * 100);
  const [shownPercent, setShownPercent] = useState(percent);
  return (
    <Stack gap="md">
      <SettingChoice
        label="Theme"
        value={theme}
        options={[
          { value: 'dark', label: 'Dark' },
          { value: 'light', label: 'Light' },
          { value: 'auto', label: 'As the system' },
        ]}
        onChange={(chosen: ViewState['theme']) => setView({ theme: chosen })}
      />
      <div>
        <Group justify="space-between">
          <Text size="xs" fw={500} id="ui-scale">
            Size of text and controls
          </Text>
          <Text size="xs">{percent} %</Text>
        </Group>
        {/* Applied when the drag ends: a slider that grows under the pointer cannot be aimed. */}
        <Slider
          size="sm"
          mt={6}
          mb="lg"
          mx="md"
          min={SMALLEST_PERCENT}
          max={LARGEST_PERCENT}
          step={10}
          value={shownPercent}
          label={(value) => `${value} %`}
          thumbProps={{ 'aria-labelledby': 'ui-scale' }}
          marks={[80, 100, 150, 200].map((value) => ({ value, label: `${value} %` }))}
          onChange={setShownPercent}
          onChangeEnd={(value) => setView({ uiScale: value / 100 })}
        />
      </div>
      <SettingChoice
        label="Motion of the window"
        description="Reduced: panels, cameras and pictures in dialogs do not move by themselves. Clips still play."
        value={reducedMotion}
        options={[
          { value: 'auto', label: 'As the system' },
          { value: 'off', label: 'Full' },
          { value: 'on', label: 'Reduced' },
        ]}
        onChange={(chosen: ViewState['reducedMotion']) => setView({ reducedMotion: chosen })}
      />
    </Stack>
  );
}

function ControlSettings() {
  const { keymap, navigation } = useView();
  return (
    <Stack gap="md">
      <Select
        size="xs"
        label="Keymap"
        description={KEYMAPS[keymap].description}
        inputWrapperOrder={['label', 'input', 'description']}
        allowDeselect={false}
        value={keymap}
        data={Object.entries(KEYMAPS).map(([value, { title }]) => ({ value, label: title }))}
        onChange={(chosen) => setView({ keymap: chosen as ViewState['keymap'] })}
      />
      <SettingChoice
        label="Viewport navigation"
        description={NAVIGATION_NOTES[navigation]}
        value={navigation}
        options={[
          { value: 'blender', label: 'Blender' },
          { value: 'maya', label: 'Maya' },
          { value: 'unity', label: 'Unity' },
        ]}
        onChange={(chosen: ViewState['navigation']) => setView({ navigation: chosen })}
      />
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => openDialog({ kind: 'shortcuts' })}>
          Commands and keys
        </Button>
        <Button size="xs" variant="default" onClick={() => void showTourAgain()}>
          Show the tour
        </Button>
      </Group>
    </Stack>
  );
}

const NAVIGATION_NOTES: Readonly<Record<ViewState['navigation'], string>> = {
  blender: 'Middle button orbits, Shift+middle pans, wheel or Ctrl+middle zooms.',
  maya: 'Alt+left orbits, Alt+middle pans, Alt+right or the wheel zooms.',
  unity: 'Alt+left or right button orbits, middle pans, Alt+right or the wheel zooms.',
};

/** On the clip that is open, or on the sample. */
async function showTourAgain(): Promise<void> {
  closeDialog();
  if (useDocument.getState().order.length === 0) await openSample();
  startTour();
}
