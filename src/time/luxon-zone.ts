import { FixedOffsetZone, Zone } from 'luxon';
import type { ZoneOffsetFormat } from 'luxon';
import { periodAt } from './zone-rules';
import type { ZoneRules } from './zone-rules';

/**
 * A luxon zone that knows the pinned rules. Its type is not 'iana', for luxon hands zones of that
 * type to Node's ICU by name and would then print another time than we computed.
 */
export class PinnedZone extends Zone {
  constructor(
    private readonly zoneName: string,
    private readonly rules: ZoneRules,
  ) {
    super();
  }

  override get type(): string {
    return 'daypass';
  }

  override get name(): string {
    return this.zoneName;
  }

  override get isUniversal(): boolean {
    return this.rules.offsetsMs.length === 1;
  }

  override get isValid(): boolean {
    return true;
  }

  /** The abbreviation, for 'long' as well: the data has no other names. */
  override offsetName(instantMs: number): string {
    return this.rules.abbreviations[periodAt(this.rules, instantMs)]!;
  }

  /** '+5:30', '+05:30' or '+0530', by luxon's own rules for a fixed offset. */
  override formatOffset(instantMs: number, format: ZoneOffsetFormat): string {
    return FixedOffsetZone.instance(this.offset(instantMs)).formatOffset(instantMs, format);
  }

  /** Minutes, east positive. */
  override offset(instantMs: number): number {
    return this.rules.offsetsMs[periodAt(this.rules, instantMs)]! / 60_000;
  }

  override equals(other: Zone): boolean {
    return other instanceof PinnedZone && other.zoneName === this.zoneName;
  }
}
