import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { ArrowUpDown, FileText } from 'lucide-react';
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
      <Tooltip label="Swap A and B">
        <ActionIcon
          size="md"
          variant="default"
          aria-label="Swap A and B"
          disabled={compare.b === null}
          onClick={() => {
            const next = swapped(compare);
            showVersions(id, next.a, next.b);
          }}
        >
          <ArrowUpDown size={14} />
        </ActionIcon>
      </Tooltip>
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
      <Tooltip
        label={take === null ? 'Report of a take' : `Open the report of ${versionTitle(edits, take.id)}`}
      >
        <ActionIcon
          size="md"
          variant="default"
          aria-label="Report"
          disabled={take === null || active.clip.info.dimensions === 2}
          data-testid="report-button"
          onClick={() => take !== null && void openReport(take.id)}
        >
          <FileText size={14} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
