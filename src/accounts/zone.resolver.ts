import {
  Args,
  ArgsType,
  Arg,
  Ctx,
  Field,
  FieldResolver,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { RequestContext } from '../api/context';
import { DateTimeScalar, TimeZoneScalar } from '../api/scalars';
import { DomainError } from '../core/domain-error';
import { endOfLocalDay } from '../time/local-day';
import { offsetChanges } from '../time/local-text';
import { abbreviationAt, findZone, zoneNames } from '../time/zone-database';
import { AccountType } from './account.type';
import { ZoneType } from './zone.type';

/** Longer than a person's working life; with two changes in most years it stays a short list. */
const rangeMaxMs = 100 * 366 * 86_400_000;

@ArgsType()
class OffsetChangesArgs {
  @Field(() => DateTimeScalar, { description: 'The instant of the first item in the list.' })
  from!: number;

  @Field(() => DateTimeScalar, {
    description: 'The end of the list: later changes are left out. At most 100 years after `from`.',
  })
  to!: number;
}

@Resolver(() => ZoneType)
export class ZoneResolver {
  @Query(() => ZoneType, {
    nullable: true,
    description:
      'The time zone with this name. Accepts the names of IANA, Rails and Windows. Null if the service knows no such zone.',
  })
  zone(
    @Arg('name', () => String, {
      description: 'The name of the zone. Upper and lower case are the same.',
    })
    name: string,
  ): ZoneType | null {
    const zone = findZone(name);
    return zone === null ? null : { name: zone };
  }

  @Query(() => [TimeZoneScalar], {
    description:
      'All IANA zone names that this service knows, including older names, in alphabetical order.',
  })
  zoneNames(): readonly string[] {
    return zoneNames();
  }

  @FieldResolver(() => [String], {
    description:
      "The local times at which the zone's offset from UTC changes, oldest first. Each item is the local time right after the change, with the new offset: 2026-03-08T03:00:00.000-07:00. The first item is `from` itself.",
  })
  offsetChanges(
    @Root() { name }: ZoneType,
    @Args(() => OffsetChangesArgs) { from, to }: OffsetChangesArgs,
  ): string[] {
    if (to - from > rangeMaxMs) {
      throw new DomainError(
        'BAD_USER_INPUT',
        '`to` is more than 100 years after `from`. Choose an earlier `to`.',
      );
    }
    return offsetChanges(name, from, to);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The abbreviation of the time that its clocks show at Account.now: EDT. Null if people know none, as in Asia/Kathmandu.',
  })
  async abbreviation(
    @Root() { name }: ZoneType,
    @Ctx() context: RequestContext,
  ): Promise<string | null> {
    return abbreviationAt(name, await context.reads.accountNowMs());
  }

  @FieldResolver(() => DateTimeScalar, {
    description: "The first instant of the zone's next calendar date, after Account.now.",
  })
  async nextMidnight(@Root() { name }: ZoneType, @Ctx() context: RequestContext): Promise<number> {
    return endOfLocalDay(await context.reads.accountNowMs(), name);
  }
}

@Resolver(() => AccountType)
export class AccountZoneResolver {
  @FieldResolver(() => ZoneType, { description: "The account's time zone, with its rules." })
  zone(@Root() { timeZone }: AccountType): ZoneType {
    return { name: timeZone };
  }
}
