import { ArgsType, Field, ID } from 'type-graphql';
import type { Section } from '../../access/gate.rules';
import { SectionEnum } from '../../agents/agent.type';
import { rowIdOrNone } from '../../api/node';
import { DomainError } from '../../core/domain-error';

@ArgsType()
export class GateArgs {
  @Field(() => ID, {
    nullable: true,
    description: 'The id of the ticket to open. Give either this or ticketExternalId.',
  })
  ticketId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The ticket to open, by the id that the service desk gave it. Give either this or ticketId.',
  })
  ticketExternalId?: string | null;

  @Field(() => SectionEnum, {
    defaultValue: 'TICKETS',
    description: 'The section to enter. If a ticket is given, the section is TICKETS.',
  })
  section!: Section;
}

/** The gate question of the arguments. Throws BAD_USER_INPUT if a ticket is named in two ways. */
export function gateQuestion(args: GateArgs): {
  ticketId: string | null;
  ticketExternalId: string | null;
  section: Section;
} {
  const { ticketId, ticketExternalId, section } = args;
  if (ticketId != null && ticketExternalId != null) {
    throw new DomainError('BAD_USER_INPUT', 'Give only one of ticketId and ticketExternalId.');
  }
  return {
    ticketId: rowIdOrNone('Ticket', ticketId),
    ticketExternalId: ticketExternalId ?? null,
    section,
  };
}
