/** Figures of one refiner in one setting: mm and mm/frame², root-relative unless it says global. */
export interface AccuracyLine {
  readonly setting: string;
  readonly title: string;
  readonly model: string;
  readonly mpjpe: number;
  /** Half the 95 % confidence interval of the MPJPE's mean over clips and seeds. */
  readonly interval: number;
  readonly paMpjpe: number;
  readonly accel: number;
  readonly globalMpjpe: number;
  readonly globalAccel: number;
  readonly pqePearson: number | null;
  readonly pqePearsonPerClip: number | null;
}

/** The figures as Markdown, one table a setting. */
export function accuracyTables(table: readonly AccuracyLine[]): string {
  const parts: string[] = [];
  for (const setting of new Set(table.map((line) => line.setting))) {
    const lines = table.filter((line) => line.setting === setting);
    parts.push(`**${lines[0].title}**`, '');
    parts.push(
      '| refiner | MPJPE | PA-MPJPE | Accel | global MPJPE | global Accel | PQE Pearson, pooled / per clip |',
    );
    parts.push('|---|---|---|---|---|---|---|');
    for (const line of lines) {
      const quality =
        line.pqePearson === null || line.mpjpe === 0 || line.setting.startsWith('clean')
          ? ''
          : `${line.pqePearson.toFixed(2)} / ${line.pqePearsonPerClip!.toFixed(2)}`;
      parts.push(
        `| ${line.model} | ${line.mpjpe.toFixed(1)} ± ${line.interval.toFixed(1)} | ${line.paMpjpe.toFixed(1)} | ${line.accel.toFixed(2)} | ${line.globalMpjpe.toFixed(1)} | ${line.globalAccel.toFixed(2)} | ${quality} |`,
      );
    }
    parts.push('');
  }
  return parts.join('\n');
}
