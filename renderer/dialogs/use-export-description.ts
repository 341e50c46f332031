import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { ExportChoices, ExportDescription } from '../../contract/exports.ts';
import { describeExport } from '../actions/export.ts';

export type DescriptionState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready'; readonly choices: ExportChoices; readonly description: ExportDescription }
  | { readonly kind: 'failed'; readonly message: string };

const SETTLING_MS = 150;

/** What these choices would write. Asked once they have settled; only the latest answer counts. */
export function useExportDescription(choices: ExportChoices): DescriptionState {
  const key = JSON.stringify(choices);
  const [settledKey] = useDebouncedValue(key, SETTLING_MS, { leading: true });
  const [answer, setAnswer] = useState<{ key: string; state: DescriptionState } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const asked = JSON.parse(settledKey) as ExportChoices;
    describeExport(asked).then(
      (description) => {
        const state = { kind: 'ready', choices: asked, description } as const;
        if (isCurrent) setAnswer({ key: settledKey, state });
      },
      (error: Error) => {
        if (isCurrent) setAnswer({ key: settledKey, state: { kind: 'failed', message: error.message } });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [settledKey]);
  return answer?.key === key ? answer.state : { kind: 'waiting' };
}
