import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { ClipsPanel } from '../panels/ClipsPanel.tsx';
import { InspectorPanel } from '../panels/InspectorPanel.tsx';
import { ReferencesPanel } from '../panels/ReferencesPanel.tsx';
import { TimelinePanel } from '../timeline/TimelinePanel.tsx';
import { Viewport } from '../viewport/Viewport.tsx';
import classes from './App.module.css';
import { ErrorBoundary } from './ErrorBoundary.tsx';

/** Left: clips and takes. Centre: viewport. Right: inspector and references. Bottom: timeline. */
export function Workspace() {
  const rows = useDefaultLayout({ id: 'posemend-rows', panelIds: ['upper', 'lower'] });
  const columns = useDefaultLayout({ id: 'posemend-columns', panelIds: ['left', 'centre', 'right'] });
  const side = useDefaultLayout({ id: 'posemend-side', panelIds: ['right-upper', 'right-lower'] });
  return (
    <Group orientation="vertical" className={classes.workspace} {...rows}>
      <Panel id="upper" minSize="30%">
        <Group orientation="horizontal" {...columns}>
          <Panel id="left" defaultSize="250px" minSize="190px" maxSize="420px">
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
          <Separator className={classes.separator} />
          <Panel id="right" defaultSize="320px" minSize="260px" maxSize="520px">
            <Group orientation="vertical" {...side}>
              <Panel id="right-upper" defaultSize="64%" minSize="20%">
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
      </Panel>
      <Separator className={classes.separator} />
      <Panel id="lower" defaultSize="42%" minSize="120px">
        <Region name="Timeline">
          <TimelinePanel />
        </Region>
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
