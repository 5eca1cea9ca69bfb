import {
  AssigneeChoicesDocument,
  ChosenClientDocument,
  ClientChoicesDocument,
  DeskTicketDocument,
  DeskTicketsDocument,
  TicketConversationDocument,
} from '../generated/app';
import { nameOf } from '../session/use-api-query';

/** Everything that is read behind the gate. */
export const gatedReads = [
  DeskTicketsDocument,
  DeskTicketDocument,
  TicketConversationDocument,
  ClientChoicesDocument,
  ChosenClientDocument,
  AssigneeChoicesDocument,
].map((document) => nameOf(document as never));
