import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { ClipsPanel } from '../panels/ClipsPanel.tsx';
import { InspectorPanel } from '../panels/InspectorPanel.tsx';
import { ReferencesPanel } from '../panels/ReferencesPanel.tsx';
import { TimelinePanel } from '../timeline/TimelinePanel.tsx';
import { Viewport } from '../viewport/Viewport.tsx';
import classes from './App.module.css';
import { ErrorBoundary } from './ErrorBoundary.tsx';

/**
 * Right, over the whole height: inspector and references. Beside it, clips and takes, the viewport, and below both the
 * timeline. Side columns are measured in rem, so that they grow with the text.
 */
export function Workspace() {
  const main = useDefaultLayout({ id: 'posemend-main', panelIds: ['main', 'right'] });
  const rows = useDefaultLayout({ id: 'posemend-main-rows', panelIds: ['upper', 'lower'] });
  const columns = useDefaultLayout({ id: 'posemend-upper-columns', panelIds: ['left', 'centre'] });
  const side = useDefaultLayout({ id: 'posemend-right-rows', panelIds: ['right-upper', 'right-lower'] });
  return (
    <Group orientation="horizontal" className={classes.workspace} {...main}>
      <Panel id="main" minSize="40%">
        <Group orientation="vertical" {...rows}>
          <Panel id="upper" minSize="30%">
            <Group orientation="horizontal" {...columns}>
              <Panel id="left" defaultSize="18.5rem" minSize="12rem" maxSize="28rem">
                <Region name="Clips and takes">
                  <ClipsPanel />
                </Region>
              </Panel>
              <Separator className={classes.separator} />
              <Panel id="centre" minSize="25%">
                <Region name="Viewport">
                  <Viewport />
                </Region>
              </Panel>
            </Group>
          </Panel>
          <Separator className={classes.separator} />
          <Panel id="lower" defaultSize="46%" minSize="120px">
            <Region name="Timeline">
              <TimelinePanel />
            </Region>
          </Panel>
        </Group>
      </Panel>
      <Separator className={classes.separator} />
      <Panel id="right" defaultSize="20rem" minSize="16rem" maxSize="32rem">
        <Group orientation="vertical" {...side}>
          <Panel id="right-upper" defaultSize="66%" minSize="20%">
            <Region name="Inspector">
              <InspectorPanel />
            </Region>
          </Panel>
          <Separator className={classes.separator} />
          <Panel id="right-lower" minSize="15%">
            <Region name="References">
              <ReferencesPanel />
            </Region>
          </Panel>
        </Group>
      </Panel>
    </Group>
  );
}

function Region({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <section aria-label={name} className={classes.region}>
      <ErrorBoundary what={`the panel “${name}”`}>{children}</ErrorBoundary>
    </section>
  );
}
