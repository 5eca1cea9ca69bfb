import { ObjectType } from 'type-graphql';
import { DayPassEvent } from '../event.type';

@ObjectType({ implements: DayPassEvent, description: 'The balance fell to zero.' })
export class DayPassWalletEmpty extends DayPassEvent {}
