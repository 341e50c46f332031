import { ActionIcon, Tooltip } from '@mantine/core';
import {
  Columns2,
  Focus,
  Ghost,
  Grid3x3,
  Layers2,
  LocateFixed,
  type LucideIcon,
  MoveUpRight,
  Palette,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { request } from '../../state/requests.ts';
import { setView, toggleView, useView } from '../../state/view.ts';
import classes from '../Viewport.module.css';

const NEEDS_QUALITY = 'Refine the clip first: its quality is not known yet';
const FLAT_HAS_NO_QUALITY = 'A 2D clip has no quality estimate';
const NEEDS_TAKE = 'Refine the clip first: there is nothing to compare it with yet';

/** What is shown and how, by one press each. */
export function ViewportToolbar({
  hasB,
  hasQuality,
  hasReference,
  isFlat,
}: {
  readonly hasB: boolean;
  readonly hasQuality: boolean;
  readonly hasReference: boolean;
  readonly isFlat: boolean;
}) {
  const view = useView();
  const isSideBySide = view.layout === 'side-by-side';
  return (
    <fieldset className={classes.toolbar} aria-label="What the viewport shows">
      <div className={classes.toolGroup}>
        <LayerButton
          letter="A"
          name="Version A"
          color="input"
          isOn={view.showInput}
          onPress={() => toggleView('showInput')}
        />
        <LayerButton
          letter="B"
          name="Version B"
          color="refined"
          isOn={view.showRefined}
          onPress={() => toggleView('showRefined')}
          obstacle={hasB ? undefined : NEEDS_TAKE}
        />
        <LayerButton
          letter="R"
          name="Reference"
          color="reference"
          isOn={view.showReference}
          onPress={() => toggleView('showReference')}
          obstacle={hasReference ? undefined : 'Choose a reference in the References panel first'}
        />
      </div>
      <div className={classes.toolGroup}>
        <IconButton
          icon={isSideBySide ? Columns2 : Layers2}
          name="Side by side"
          keys="Tab"
          isOn={isSideBySide}
          onPress={() => setView({ layout: isSideBySide ? 'overlay' : 'side-by-side' })}
          obstacle={hasB ? undefined : NEEDS_TAKE}
        />
        <IconButton
          icon={MoveUpRight}
          name="Differences from A to B"
          isOn={view.showDifferences}
          onPress={() => toggleView('showDifferences')}
          obstacle={hasB ? undefined : NEEDS_TAKE}
        />
        <IconButton
          icon={Palette}
          name="Joints coloured by quality (PQE)"
          isOn={view.tintByQuality}
          onPress={() => toggleView('tintByQuality')}
          obstacle={hasQuality ? undefined : isFlat ? FLAT_HAS_NO_QUALITY : NEEDS_QUALITY}
        />
        <IconButton
          icon={Ghost}
          name="Ghosts before and after"
          keys="G"
          isOn={view.showGhosts}
          onPress={() => toggleView('showGhosts')}
        />
      </div>
      <div className={classes.toolGroup}>
        <IconButton
          icon={LocateFixed}
          name="Camera follows the root"
          isOn={view.followRoot}
          onPress={() => toggleView('followRoot')}
        />
        {!isFlat && (
          <IconButton
            icon={Grid3x3}
            name="Floor grid, 1 m"
            isOn={view.showGrid}
            onPress={() => toggleView('showGrid')}
          />
        )}
        <IconButton
          icon={Focus}
          name="Frame the figure"
          keys="F"
          onPress={() => request('frame-selection')}
        />
      </div>
    </fieldset>
  );
}

interface ToolProps {
  readonly name: string;
  readonly keys?: string;
  /** Absent for a button that does something at once. */
  readonly isOn?: boolean;
  readonly onPress: () => void;
  /** Why it cannot be pressed now. */
  readonly obstacle?: string | undefined;
}

function IconButton({ icon: Icon, ...tool }: ToolProps & { readonly icon: LucideIcon }) {
  return (
    <Tool {...tool}>
      <Icon size={15} aria-hidden />
    </Tool>
  );
}

function LayerButton({
  letter,
  color,
  ...tool
}: ToolProps & { readonly letter: string; readonly color: 'input' | 'refined' | 'reference' }) {
  return (
    <Tool {...tool}>
      <span className={`${classes.layerLetter} ${classes[`layer-${color}`]}`}>{letter}</span>
    </Tool>
  );
}

function Tool({
  name,
  keys,
  isOn,
  onPress,
  obstacle,
  children,
}: ToolProps & { readonly children: ReactNode }) {
  const isLit = isOn === true && obstacle === undefined;
  const hint = keys === undefined ? name : `${name} (${keys})`;
  return (
    <Tooltip label={obstacle === undefined ? hint : `${hint}. ${obstacle}`} position="bottom">
      <ActionIcon
        size="sm"
        variant={isLit ? 'light' : 'subtle'}
        color={isLit ? 'blue' : 'gray'}
        className={classes.tool}
        aria-label={name}
        {...(isOn === undefined ? {} : { 'aria-pressed': isOn })}
        {...(obstacle === undefined ? {} : { 'data-disabled': true, 'aria-disabled': true })}
        onClick={() => {
          if (obstacle === undefined) onPress();
        }}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
