import { useActivity } from '../state/activity.ts';
import { useActiveClip } from '../state/selectors.ts';
import classes from './InspectorPanel.module.css';
import { DeviceField } from './inspector/DeviceField.tsx';
import { FootLockField } from './inspector/FootLockField.tsx';
import { JointPicker } from './inspector/JointPicker.tsx';
import { pickText } from './inspector/joint-picks.ts';
import { LibraryFields } from './inspector/LibraryFields.tsx';
import { ModelField } from './inspector/ModelField.tsx';
import { RangeFields } from './inspector/RangeFields.tsx';
import { RefineHead } from './inspector/RefineHead.tsx';
import { StrengthField } from './inspector/StrengthField.tsx';
import { JobStrip } from './JobStrip.tsx';
import { EmptyState } from './parts/EmptyState.tsx';
import { Section } from './parts/Section.tsx';

/** How the clip shown is refined. Changing a setting starts nothing; Refine does. */
export function InspectorPanel() {
  const active = useActiveClip();
  const engineInfo = useActivity((state) => state.engineInfo);
  return (
    <div className={classes.panel}>
      <header className={classes.head}>
        <RefineHead active={active} />
        <JobStrip />
      </header>
      <div className={classes.scroll}>
        {active === null ? (
          <EmptyState title="Nothing to refine yet.">
            Open a clip; its method, strength, range and joints are chosen here.
          </EmptyState>
        ) : (
          // Fields keep drafts of what is typed; another clip starts with its own.
          <div key={active.id}>
            <div className={classes.fields}>
              <ModelField active={active} models={engineInfo?.models ?? []} />
              <StrengthField active={active} />
              <FootLockField active={active} />
              <RangeFields active={active} />
            </div>
            <Section title="Joints" summary={pickText(active.edits.joints)}>
              <JointPicker active={active} />
            </Section>
            <Section title="Reference library" summary={librarySummary(active.edits)}>
              <LibraryFields active={active} />
            </Section>
            <Section title="Device" summary={active.edits.device} startsClosed>
              <DeviceField active={active} devices={engineInfo?.devices ?? ['auto']} />
            </Section>
          </div>
        )}
      </div>
    </div>
  );
}

function librarySummary({
  useLibrary,
  tags,
}: {
  readonly useLibrary: boolean;
  readonly tags: readonly string[];
}): string {
  if (!useLibrary) return 'off';
  return tags.length === 0 ? 'on' : `on, tagged ${tags.join(', ')}`;
}
