import type { RequestContext } from '../../api/context';
import { consumptionsById } from '../consumptions/consumption.queries';
import { toConsumption, type ConsumptionType } from '../consumptions/consumption.type';
import type { DayPassEvent } from './event.type';

/** The consumption that an entry is about. */
export async function consumptionOfEvent(
  { entry }: DayPassEvent,
  context: RequestContext,
): Promise<ConsumptionType> {
  if (!entry.consumptionId) throw new Error(`Entry ${entry.id} names no consumption.`);
  return toConsumption(await context.reads.loadExisting(consumptionsById, entry.consumptionId));
}
