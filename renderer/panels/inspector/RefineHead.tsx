import { Button, Kbd } from '@mantine/core';
import { FileDown, WandSparkles } from 'lucide-react';
import { startRefine } from '../../actions/refine.ts';
import { openDialog, useActivity } from '../../state/activity.ts';
import { useDocument } from '../../state/document.ts';
import type { ActiveClip } from '../../state/selectors.ts';
import { useAriaKey, useKeyText } from '../parts/key-text.ts';
import { modelProblem } from './model-options.ts';
import classes from './RefineHead.module.css';
import { rerunNote } from './rerun-note.ts';

/** The Refine button, and what a press of it would cost or why it cannot be pressed. */
export function RefineHead({ active }: { readonly active: ActiveClip | null }) {
  const hindrance = useHindrance(active);
  const keyText = useKeyText('refine');
  const ariaKey = useAriaKey('refine');
  const exportKey = useAriaKey('export');
  return (
    <>
      <div className={classes.actions}>
        <Button
          className={classes.refine ?? ''}
          size="xs"
          leftSection={<WandSparkles size={14} />}
          rightSection={
            keyText === '' ? undefined : (
              <Kbd className={classes.key} aria-hidden>
                {keyText}
              </Kbd>
            )
          }
          disabled={hindrance !== null}
          {...(ariaKey === '' ? {} : { 'aria-keyshortcuts': ariaKey })}
          aria-describedby="refine-note"
          data-testid="refine-button"
          onClick={() => active !== null && void startRefine(active.id)}
        >
          Refine
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<FileDown size={14} />}
          disabled={active === null}
          {...(exportKey === '' ? {} : { 'aria-keyshortcuts': exportKey })}
          data-testid="export-button"
          onClick={() => active !== null && openDialog({ kind: 'export', clip: active.id })}
        >
          Export…
        </Button>
      </div>
      <p id="refine-note" className={classes.note}>
        {hindrance ?? (active === null ? '' : <RerunNote active={active} />)}
      </p>
    </>
  );
}

function RerunNote({ active }: { readonly active: ActiveClip }) {
  const takes = useDocument((state) => state.takes);
  const models = useActivity((state) => state.engineInfo?.models);
  const own = active.edits.takes.flatMap((id) => takes[id] ?? []);
  return rerunNote(active.edits, own, models ?? []);
}

/** Why nothing can be refined now; null if it can. */
function useHindrance(active: ActiveClip | null): string | null {
  const engine = useActivity((state) => state.engine);
  const models = useActivity((state) => state.engineInfo?.models);
  if (active === null) return 'Open a clip first.';
  if (engine !== 'ready') return 'The engine is not ready; refining waits for it.';
  const { model, joints } = active.edits;
  const summary = models?.find(({ name }) => name === model);
  const problem = summary === undefined ? '' : modelProblem(summary, active.clip.info);
  if (problem !== '') return `${model} cannot be used: ${problem}. Choose another method.`;
  if (!joints.includes(true)) return 'No joint is picked; pick at least one.';
  return null;
}
