import { Field, ObjectType } from 'type-graphql';
import { TimeZoneScalar } from '../api/scalars';

@ObjectType('Zone', {
  description:
    'A time zone by the rules of this service. A page that shows times by them agrees with the service, however old the zone data of its browser is.',
})
export class ZoneType {
  @Field(() => TimeZoneScalar, { description: 'The IANA name of this zone.' })
  name!: string;
}
