import { Text } from '@mantine/core';
import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { writeCount, writeDelta } from '../../format/count';
import { writeDate } from '../../format/times';
import { words } from '../../words';
import type { BalanceDay } from './balance.rules';
import { labelEvery, placeHistory, type HistoryPlaces } from './history-chart.rules';
import type { Forecast } from './overview.rules';

const size = { balanceHeight: 190, barsHeight: 44, right: 8, top: 12 };
const gap = 14;
const height = size.top + size.balanceHeight + gap + size.barsHeight + 22;

/**
 * The balance as a line with purchases as steps, the use as bars below it, and the forecast as a band
 * down to zero. The table beside it has the same numbers.
 */
export default function HistoryChart({
  days,
  forecast,
  threshold,
  label,
}: {
  days: readonly BalanceDay[];
  forecast: Forecast | null;
  threshold: number | null;
  label: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [pointed, setPointed] = useState<number | null>(null);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);
  const places = width > 0 ? placeHistory(days, { forecast, threshold }, { ...size, width }) : null;
  const point = (event: PointerEvent<SVGElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const at = Math.floor((x - places!.left) / places!.columnWidth);
    setPointed(at >= 0 && at < days.length ? at : null);
  };
  return (
    <div ref={box}>
      <Text size="sm" mih={22} truncate aria-hidden>
        {pointed === null ? ' ' : describe(days[pointed]!)}
      </Text>
      {places ? (
        <svg
          className="history"
          role="img"
          aria-label={label}
          viewBox={`0 0 ${width} ${height}`}
          height={height}
          onPointerMove={point}
          onPointerLeave={() => setPointed(null)}
        >
          <Drawing {...{ days, forecast, threshold, places, width, pointed }} />
        </svg>
      ) : (
        <div style={{ height }} />
      )}
    </div>
  );
}

function describe({ date, used, added, balance }: BalanceDay): string {
  return words.overview.history.day(
    writeDate(date, 'weekdayDate'),
    writeCount(balance),
    [
      used > 0 && words.overview.history.usedCount(used),
      added !== 0 && words.overview.history.addedCount(writeDelta(added)),
    ].filter((text) => text !== false),
  );
}

function Drawing({
  days,
  forecast,
  threshold,
  places,
  width,
  pointed,
}: {
  days: readonly BalanceDay[];
  forecast: Forecast | null;
  threshold: number | null;
  places: HistoryPlaces;
  width: number;
  pointed: number | null;
}) {
  const { left, x, y, columnWidth, ticks, dates, band } = places;
  const right = width - size.right;
  const foot = size.top + size.balanceHeight + gap + size.barsHeight;
  const every = labelEvery(columnWidth);
  const today = days.length - 1;
  return (
    <>
      <clipPath id="history-inside">
        <rect x={left} y={0} width={right - left} height={foot} />
      </clipPath>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="grid" x1={left} x2={right} y1={y(tick)} y2={y(tick)} />
          <text x={left - 8} y={y(tick) + 4} textAnchor="end">
            {writeCount(tick)}
          </text>
        </g>
      ))}
      <g clipPath="url(#history-inside)">
        {band && <path className="band" d={band.area} />}
        <path className="area" d={places.area} />
        {days.map(({ date, used }, at) => (
          <rect
            key={date}
            className="used"
            x={x(at) + columnWidth * 0.14}
            width={Math.max(1, columnWidth * 0.72)}
            y={foot - places.barHeight(used)}
            height={places.barHeight(used)}
            rx={1}
          />
        ))}
        {threshold !== null && (
          <line className="threshold" x1={left} x2={right} y1={y(threshold)} y2={y(threshold)} />
        )}
        {forecast?.lotEnds.map((date) => {
          const at = dates.indexOf(date);
          return (
            at >= 0 && (
              <line
                key={date}
                className="ends"
                x1={x(at + 1)}
                x2={x(at + 1)}
                y1={size.top}
                y2={y(0)}
              />
            )
          );
        })}
        {band?.likely && <path className="likely" d={band.likely} />}
        <path className="line" d={places.line} />
        {days.map(
          ({ date, added, balance, used }, at) =>
            added > 0 && (
              <circle key={date} className="added" cx={x(at)} cy={y(balance + used)} r={3.5} />
            ),
        )}
        <line className="now" x1={x(today + 1)} x2={x(today + 1)} y1={size.top} y2={foot} />
        {pointed !== null && (
          <line
            className="pointed"
            x1={x(pointed) + columnWidth / 2}
            x2={x(pointed) + columnWidth / 2}
            y1={size.top}
            y2={foot}
          />
        )}
      </g>
      {/* Counted from today, so that today is always written. */}
      {dates.map(
        (date, at) =>
          (at - today) % every === 0 &&
          x(at) > left + 12 &&
          x(at) < right - 24 && (
            <text key={date} x={x(at) + columnWidth / 2} y={foot + 16} textAnchor="middle">
              {at === today ? words.overview.history.today : writeDate(date)}
            </text>
          ),
      )}
    </>
  );
}
