import { OverviewForecastDocument } from '../../generated/app';
import { writeDate } from '../../format/times';
import { useApiQuery } from '../../session/use-api-query';
import { words } from '../../words';
import type { Forecast } from './overview.rules';
import { Tile } from './tile';

/** Lots end and days pass without an entry of the journal. */
const forecastEveryMs = 300_000;

/** When the account's own wallet will be empty; undefined until it is read, null if it cannot be. */
export function useForecast(): Forecast | null | undefined {
  const { data, error } = useApiQuery(OverviewForecastDocument, {}, { everyMs: forecastEveryMs });
  return data?.dayPassForecast ?? (error ? null : undefined);
}

/** When the wallet will be empty, with the range of the forecast. */
export function OverviewEmptyBy({ today }: { today: string }) {
  const { data, error } = useApiQuery(OverviewForecastDocument, {}, { everyMs: forecastEveryMs });
  const label = words.overview.emptyBy.label;
  const forecast = data?.dayPassForecast;
  if (!forecast) {
    return (
      <Tile name="empty-by" label={label}>
        {error ? '–' : null}
      </Tile>
    );
  }
  const { value, remark, isQuiet } = writeForecast(forecast, today);
  return (
    <Tile name="empty-by" label={label} remark={remark} isQuiet={isQuiet}>
      {value}
    </Tile>
  );
}

/** The forecast in words: the date by which the wallet is most probably empty, and the range. */
export function writeForecast(
  { kind, earliest, latest, daysOfHistory }: Forecast,
  today: string,
): { value: string; remark: string; isQuiet?: boolean } {
  const texts = words.overview.emptyBy;
  const date = (of: string) => writeDate(of, isSameYear(of, today) ? 'date' : 'dateOfYear');
  if (kind === 'EMPTY_NOW') return { value: texts.now, remark: texts.nowText };
  if (kind === 'NOT_ENOUGH_HISTORY') {
    return { value: texts.noHistory, remark: texts.noHistoryText(daysOfHistory), isQuiet: true };
  }
  if (!earliest) return { value: texts.overAYear, remark: texts.overAYearText, isQuiet: true };
  if (!latest) {
    return { value: texts.overAYear, remark: texts.perhapsFrom(date(earliest)), isQuiet: true };
  }
  const value = writeDate(latest, isSameYear(latest, today) ? 'weekdayDate' : 'dateOfYear');
  if (earliest === latest) return { value, remark: texts.sure };
  return { value, remark: texts.between(date(earliest), date(latest)) };
}

function isSameYear(date: string, today: string): boolean {
  return date.slice(0, 4) === today.slice(0, 4);
}
