import { Button, Loader } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { keepConnected } from '../engine/connection.ts';
import { setActivity, useActivity } from '../state/activity.ts';
import classes from './EngineNotice.module.css';
import { engineTrouble } from './status/engine-text.ts';

/** A banner while the engine is gone. */
export function EngineNotice() {
  const engine = useActivity((state) => state.engine);
  const problem = useActivity((state) => state.engineProblem);
  const trouble = engineTrouble(engine);
  if (trouble === null) return null;
  return (
    <div className={classes.notice} role="alert" data-testid="engine-notice">
      {engine === 'lost' ? <TriangleAlert size={16} aria-hidden /> : <Loader size={14} />}
      <div className={classes.text}>
        <strong>{trouble.title}</strong> {problem ?? trouble.advice}
      </div>
      {engine === 'lost' && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            setActivity({ engine: 'restarting' });
            void keepConnected();
          }}
        >
          Try again
        </Button>
      )}
    </div>
  );
}
