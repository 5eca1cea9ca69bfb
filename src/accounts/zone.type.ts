import { Field, ObjectType } from 'type-graphql';
import { TimeZoneScalar } from '../api/scalars';

@ObjectType('Zone', {
  description:
    'A time zone by the rules of this service. A page that shows times by these rules agrees with the service, even if the time zone data of the browser is old.',
})
export class ZoneType {
  @Field(() => TimeZoneScalar, { description: 'The IANA name of this zone.' })
  name!: string;
}
