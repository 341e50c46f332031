import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { Dialogs } from '../dialogs/Dialogs.tsx';
import { EngineNotice } from '../panels/EngineNotice.tsx';
import { StatusBar } from '../panels/StatusBar.tsx';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';
import { useActiveClip } from '../state/selectors.ts';
import { useView } from '../state/view.ts';
import { useReducedMotionSetting } from '../theme/reduced-motion.ts';
import { POSEMEND_THEME } from '../theme/theme.ts';
import classes from './App.module.css';
import { DropTarget } from './DropTarget.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Workspace } from './Workspace.tsx';

export function App() {
  const theme = useView((view) => view.theme);
  return (
    <MantineProvider
      theme={POSEMEND_THEME}
      defaultColorScheme="auto"
      {...(theme === 'auto' ? {} : { forceColorScheme: theme })}
    >
      <Window />
    </MantineProvider>
  );
}

function Window() {
  const reducedMotion = useReducedMotionSetting();
  const fileName = useActiveClip()?.clip.info.fileName;
  useShortcuts();
  useUiScale();
  useEffect(() => {
    document.title = fileName === undefined ? 'PoseMend' : `${fileName} · PoseMend`;
  }, [fileName]);

  return (
    <DropTarget>
      <div className={classes.window} data-testid="app" data-reduced-motion={reducedMotion}>
        <EngineNotice />
        <ErrorBoundary what="the window">
          <Workspace />
        </ErrorBoundary>
        <StatusBar />
      </div>
      <Dialogs />
      <Notifications position="top-center" limit={4} />
    </DropTarget>
  );
}

/** Text and controls grow together: everything is measured in rem. */
function useUiScale(): void {
  const uiScale = useView((view) => view.uiScale);
  useEffect(() => {
    document.documentElement.style.fontSize = `${16 * uiScale}px`;
  }, [uiScale]);
}
