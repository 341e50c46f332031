import { Button, Select, Tooltip } from '@mantine/core';
import { ArrowLeftRight, FileText } from 'lucide-react';
import { openReport, showVersions } from '../../actions/refine.ts';
import type { Version } from '../../state/document.ts';
import { type ActiveClip, useComparison, versionTitle } from '../../state/selectors.ts';
import classes from './CompareFields.module.css';
import { pickVersion, swapped } from './pick-version.ts';

/** Which two versions the viewport shows. */
export function CompareFields({ active }: { readonly active: ActiveClip }) {
  const { id, edits } = active;
  const { compare } = edits;
  const take = useComparison()?.take ?? null;
  const options = ['input', ...edits.takes].map((version) => ({
    value: version,
    label: versionTitle(edits, version),
  }));
  const pick = (side: 'a' | 'b', version: Version | null): void => {
    const next = pickVersion(compare, side, version);
    showVersions(id, next.a, next.b);
  };
  return (
    <>
      <div className={classes.sides}>
        <Select
          size="xs"
          label="A"
          aria-label="Compare version A"
          classNames={{ root: classes.side, label: classes.letter }}
          data={options}
          value={compare.a}
          allowDeselect={false}
          data-testid="compare-a"
          onChange={(version) => pick('a', version)}
        />
        <Select
          size="xs"
          label="B"
          aria-label="Compare with version B"
          classNames={{ root: classes.side, label: classes.letter }}
          data={options}
          value={compare.b}
          placeholder={edits.takes.length === 0 ? 'No take yet' : 'Nothing'}
          clearable
          clearButtonProps={{ 'aria-label': 'Show A alone' }}
          disabled={edits.takes.length === 0}
          data-testid="compare-b"
          onChange={(version) => pick('b', version)}
        />
      </div>
      <div className={classes.actions}>
        <Tooltip label="Swap A and B">
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<ArrowLeftRight size={12} />}
            disabled={compare.b === null}
            onClick={() => {
              const next = swapped(compare);
              showVersions(id, next.a, next.b);
            }}
          >
            Swap
          </Button>
        </Tooltip>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<FileText size={12} />}
          disabled={take === null || active.clip.info.dimensions === 2}
          data-testid="report-button"
          onClick={() => take !== null && void openReport(take.id)}
        >
          Report
        </Button>
      </div>
    </>
  );
}
