import { Box, Text, useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import { writeDate } from '../../format/times';
import type { UsageSeries } from './usage.rules';
import { words } from '../../words';
import { writeCount } from '../../format/count';

/** Passes by day as bars, stacked if there are several series. */
export default function UsageChart({
  dates,
  stack,
  height,
  label,
}: {
  dates: readonly string[];
  stack: readonly UsageSeries[];
  height: number;
  label: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  const [pointed, setPointed] = useState<number | null>(null);
  // Redrawn only if something has changed.
  const drawn = JSON.stringify({ dates, stack: stack.map(({ id, values }) => ({ id, values })) });
  useEffect(() => {
    const element = box.current!;
    const given = JSON.parse(drawn) as { dates: string[]; stack: { values: number[] }[] };
    const plot = draw(element, { ...given, height, scheme, point: setPointed });
    const watch = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    watch.observe(element);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [drawn, height, scheme]);
  return (
    <div>
      <Text size="sm" mih={22} truncate aria-hidden>
        {pointed === null ? ' ' : describe(pointed, dates, stack)}
      </Text>
      <Box ref={box} h={height} role="img" aria-label={label} className="chart" />
    </div>
  );
}

/** The text for a day's bar. */
function describe(at: number, dates: readonly string[], stack: readonly UsageSeries[]): string {
  const date = dates[at];
  if (date === undefined) return '';
  const day = writeDate(date, 'weekdayDate');
  const parts = stack.filter(({ values }) => values[at]! > 0);
  if (parts.length === 0) return words.overview.usage.dayNone(day);
  const counts = parts.map(({ label, values }) => {
    const count = writeCount(values[at]!);
    return stack.length === 1 ? count : `${label} ${count}`;
  });
  return words.overview.usage.dayCount(day, counts.join(', '));
}

function draw(
  element: HTMLElement,
  {
    dates,
    stack,
    height,
    scheme,
    point,
  }: {
    dates: string[];
    stack: { values: number[] }[];
    height: number;
    scheme: 'light' | 'dark';
    point: (at: number | null) => void;
  },
): uPlot {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const font = `12px ${style.fontFamily}`;
  const axis = { stroke: color('--mantine-color-dimmed'), font, ticks: { show: false } };
  const grid = { stroke: scheme === 'dark' ? '#ffffff1f' : '#0000001a', width: 1 };
  const sums = summed(stack.map(({ values }) => values));
  return new uPlot(
    {
      width: element.clientWidth,
      height,
      padding: [8, 4, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: false, range: () => [-0.6, dates.length - 0.4] },
        // At least some height, so that one pass is not a wall.
        y: { range: (_, _least, most) => [0, Math.max(4, most * 1.05)] },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 28,
          incrs: [1, 2, 7, 14, 30],
          space: 56,
          values: (_, splits) => splits.map((at) => (dates[at] ? writeDate(dates[at]) : '')),
        },
        { ...axis, grid, size: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000] },
      ],
      series: [
        {},
        // The highest first: the next ones cover all but its own part.
        ...sums
          .map((_, at) => ({
            fill: color(`--chart-${at}`),
            stroke: color(`--chart-${at}`),
            width: 0,
            points: { show: false },
            paths: uPlot.paths.bars!({
              size: [0.72, 36],
              radius: at === sums.length - 1 ? 0.1 : 0,
            }),
          }))
          .reverse(),
      ],
      hooks: { setCursor: [({ cursor }) => point(cursor.idx ?? null)] },
    },
    [dates.map((_, at) => at), ...sums.reverse()],
    element,
  );
}

/** Each series plus the sum of those before it. */
function summed(series: readonly number[][]): number[][] {
  const sums: number[][] = [];
  for (const values of series) {
    sums.push(values.map((value, at) => value + (sums.at(-1)?.[at] ?? 0)));
  }
  return sums;
}
