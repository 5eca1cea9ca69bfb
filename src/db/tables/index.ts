import { AccountRow } from './account';
import { AgentRow } from './agent';
import { ApiKeyRow } from './api-key';
import { AgentIdentityRow } from './agent-identity';
import { AuditEventRow } from './audit-event';
import { AuditSealRow } from './audit-seal';
import { AuditTrailRow } from './audit-trail';
import { ClientRow } from './client';
import { ConsumptionRow } from './consumption';
import { DayPassPriceRow } from './day-pass-price';
import { DevMailRow } from './dev-mail';
import { EmergencyPassRow } from './emergency-pass';
import { FollowerRow } from './follower';
import { FollowerPlaceRow } from './follower-place';
import { IdentityProviderRow } from './identity-provider';
import { ProviderDocumentsRow } from './provider-documents';
import { InvitationRow } from './invitation';
import { InvitationMailRow } from './invitation-mail';
import { JournalRow } from './journal';
import { JournalEntryRow } from './journal-entry';
import { LotRow } from './lot';
import { PlanRow } from './plan';
import { PurchaseRow } from './purchase';
import { RunningPassRow } from './running-pass';
import { SellerRow } from './seller';
import { ServiceSecretRow } from './service-secret';
import { StateRevisionRow } from './state-revision';
import { TaxRateRow } from './tax-rate';
import { TicketRow } from './ticket';
import { TicketReplyRow } from './ticket-reply';
import { WalletRow } from './wallet';

/** Every table, in one list. */
export const tables = [
  AccountRow,
  ServiceSecretRow,
  ClientRow,
  AgentRow,
  TicketRow,
  TicketReplyRow,
  JournalRow,
  StateRevisionRow,
  JournalEntryRow,
  WalletRow,
  LotRow,
  ConsumptionRow,
  RunningPassRow,
  EmergencyPassRow,
  PlanRow,
  DayPassPriceRow,
  SellerRow,
  TaxRateRow,
  PurchaseRow,
  ApiKeyRow,
  IdentityProviderRow,
  ProviderDocumentsRow,
  AgentIdentityRow,
  InvitationRow,
  InvitationMailRow,
  AuditEventRow,
  AuditSealRow,
  AuditTrailRow,
  DevMailRow,
  FollowerRow,
  FollowerPlaceRow,
];
