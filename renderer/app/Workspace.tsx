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
  const rows = useDefaultLayout({ id: 'posemend-rows', panelIds: ['top', 'timeline'] });
  const columns = useDefaultLayout({ id: 'posemend-columns', panelIds: ['clips', 'viewport', 'side'] });
  const side = useDefaultLayout({ id: 'posemend-side', panelIds: ['inspector', 'references'] });
  return (
    <Group orientation="vertical" className={classes.workspace} {...rows}>
      <Panel id="top" minSize="30%">
        <Group orientation="horizontal" {...columns}>
          <Panel id="clips" defaultSize="250px" minSize="190px" maxSize="420px">
            <Region name="Clips and takes">
              <ClipsPanel />
            </Region>
          </Panel>
          <Separator className={classes.separator} />
          <Panel id="viewport" minSize="25%">
            <Region name="Viewport">
              <Viewport />
            </Region>
          </Panel>
          <Separator className={classes.separator} />
          <Panel id="side" defaultSize="320px" minSize="260px" maxSize="520px">
            <Group orientation="vertical" {...side}>
              <Panel id="inspector" defaultSize="60%" minSize="20%">
                <Region name="Inspector">
                  <InspectorPanel />
                </Region>
              </Panel>
              <Separator className={classes.separator} />
              <Panel id="references" minSize="15%">
                <Region name="References">
                  <ReferencesPanel />
                </Region>
              </Panel>
            </Group>
          </Panel>
        </Group>
      </Panel>
      <Separator className={classes.separator} />
      <Panel id="timeline" defaultSize="38%" minSize="120px">
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
