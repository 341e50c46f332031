import type { QualityLine } from './accuracy-report.ts';

const SIZE = 260;
const MARGIN = 48;
/** Readable on white and on black. */
const INK = '#808080';
const COLOURS = { before: '#d9822b', after: '#2b95d6' } as const;

/** Expected against true error, mm, of a network's input and of its result. */
export function reliabilitySvg({ model, before, after }: QualityLine): string {
  const most = Math.max(...[...before, ...after].flatMap(({ expected, actual }) => [expected, actual]));
  const end = Math.ceil(most / 20) * 20;
  const x = (mm: number): string => (MARGIN + (mm / end) * SIZE).toFixed(1);
  const y = (mm: number): string => (MARGIN / 2 + SIZE - (mm / end) * SIZE).toFixed(1);
  const ticks = [0, 1, 2, 3, 4].map((quarter) => (quarter * end) / 4);
  const curve = (which: 'before' | 'after'): string => {
    const bins = which === 'before' ? before : after;
    const path = bins.map(({ expected, actual }) => `${x(expected)},${y(actual)}`).join(' ');
    const dots = bins.map(
      ({ expected, actual }) =>
        `<circle cx="${x(expected)}" cy="${y(actual)}" r="3.5" fill="${COLOURS[which]}"/>`,
    );
    return `<polyline points="${path}" fill="none" stroke="${COLOURS[which]}" stroke-width="2"/>${dots.join('')}`;
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE + 2 * MARGIN} ${SIZE + 2 * MARGIN}" font-family="sans-serif" font-size="11" fill="${INK}" role="img">
<title>Expected and true error of ${model}</title>
<path d="M${x(0)} ${y(end)}V${y(0)}H${x(end)}" fill="none" stroke="${INK}"/>
<path d="M${x(0)} ${y(0)}L${x(end)} ${y(end)}" stroke="${INK}" stroke-dasharray="4 4"/>
${ticks.map((mm) => `<text x="${x(mm)}" y="${MARGIN / 2 + SIZE + 16}" text-anchor="middle">${mm}</text><text x="${MARGIN - 6}" y="${Number(y(mm)) + 4}" text-anchor="end">${mm}</text>`).join('\n')}
<text x="${MARGIN + SIZE / 2}" y="${MARGIN / 2 + SIZE + 36}" text-anchor="middle">expected error, mm</text>
<text transform="translate(12 ${MARGIN / 2 + SIZE / 2}) rotate(-90)" text-anchor="middle">true error, mm</text>
${curve('before')}
${curve('after')}
<text x="${MARGIN + 12}" y="${MARGIN / 2 + 14}" fill="${COLOURS.before}">input</text>
<text x="${MARGIN + 12}" y="${MARGIN / 2 + 30}" fill="${COLOURS.after}">refined</text>
</svg>
`;
}
