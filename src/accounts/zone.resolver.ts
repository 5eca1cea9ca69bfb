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
import { findZone, zoneNames } from '../time/zone-database';
import { AccountType } from './account.type';
import { ZoneType } from './zone.type';

/** Longer than a person's working life; with two changes in most years it stays a short list. */
const rangeMaxMs = 100 * 366 * 86_400_000;

@ArgsType()
class OffsetChangesArgs {
  @Field(() => DateTimeScalar, { description: 'The instant of the first item.' })
  from!: number;

  @Field(() => DateTimeScalar, {
    description: 'No later change is listed. At most 100 years after `from`.',
  })
  to!: number;
}

@Resolver(() => ZoneType)
export class ZoneResolver {
  @Query(() => ZoneType, {
    nullable: true,
    description:
      'A zone by its name of IANA, Rails or Windows. Null if the service knows no such zone.',
  })
  zone(
    @Arg('name', () => String, { description: 'The name, in upper or lower case.' }) name: string,
  ): ZoneType | null {
    const zone = findZone(name);
    return zone === null ? null : { name: zone };
  }

  @Query(() => [TimeZoneScalar], {
    description: 'Every IANA name that this service knows, older names included, in order.',
  })
  zoneNames(): readonly string[] {
    return zoneNames();
  }

  @FieldResolver(() => [String], {
    description:
      'The times at which the clocks of the zone change, oldest first, as the clocks show them just after the change, with the offset from UTC that begins there: 2026-03-08T03:00:00.000-07:00. The first item is `from` itself.',
  })
  offsetChanges(
    @Root() { name }: ZoneType,
    @Args(() => OffsetChangesArgs) { from, to }: OffsetChangesArgs,
  ): string[] {
    if (to - from > rangeMaxMs) {
      throw new DomainError('BAD_USER_INPUT', '`to` is more than 100 years after `from`.');
    }
    return offsetChanges(name, from, to);
  }

  @FieldResolver(() => DateTimeScalar, {
    description: "The first instant of the zone's next date, after the account's present instant.",
  })
  async nextMidnight(@Root() { name }: ZoneType, @Ctx() context: RequestContext): Promise<number> {
    return endOfLocalDay(await context.accountNowMs(), name);
  }
}

@Resolver(() => AccountType)
export class AccountZoneResolver {
  @FieldResolver(() => ZoneType, { description: 'The same zone, with its rules.' })
  zone(@Root() { timeZone }: AccountType): ZoneType {
    return { name: timeZone };
  }
}
