import { AccountRow } from './account';
import { AgentRow } from './agent';
import { ApiKeyRow } from './api-key';
import { AgentIdentityRow } from './agent-identity';
import { AuditEventRow } from './audit-event';
import { AuditSealRow } from './audit-seal';
import { AuditTrailRow } from './audit-trail';
import { BillingRow } from './billing';
import { ClientRow } from './client';
import { DayPassPriceRow } from './day-pass-price';
import { DevMailRow } from './dev-mail';
import { DueItemRow } from './due-item';
import { FollowerRow } from './follower';
import { FollowerPlaceRow } from './follower-place';
import { IdentityProviderRow } from './identity-provider';
import { ProviderDocumentsRow } from './provider-documents';
import { InvitationRow } from './invitation';
import { InvitationMailRow } from './invitation-mail';
import { InvoiceRow } from './invoice';
import { InvoiceSeriesRow } from './invoice-series';
import { JobOutboxRow } from './job-outbox';
import { JournalRow } from './journal';
import { NoticeRow } from './notice';
import { NoticeSettingsRow } from './notice-settings';
import { NoticeChannelRow } from './notice-channel';
import { PlanRow } from './plan';
import { PurchaseRow } from './purchase';
import { SellerRow } from './seller';
import { ServiceSecretRow } from './service-secret';
import { StateRevisionRow } from './state-revision';
import { TaxRateRow } from './tax-rate';
import { TicketRow } from './ticket';
import { TicketReplyRow } from './ticket-reply';
import { WalletRow } from './wallet';
import { WebhookEndpointRow } from './webhook-endpoint';
import { WebhookTryRow } from './webhook-try';

/** Tables whose rows are read and written by the codecs of `src/ledger/rows` alone: no class has them. */
export const codecTables = [
  'journal_entries',
  'lots',
  'consumptions',
  'running_passes',
  'emergency_passes',
  'orders',
  'payment_attempts',
] as const;

/** Every other table, in one list. */
export const tables = [
  AccountRow,
  BillingRow,
  ServiceSecretRow,
  ClientRow,
  AgentRow,
  TicketRow,
  TicketReplyRow,
  JournalRow,
  StateRevisionRow,
  WalletRow,
  PlanRow,
  DayPassPriceRow,
  SellerRow,
  TaxRateRow,
  PurchaseRow,
  InvoiceRow,
  InvoiceSeriesRow,
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
  JobOutboxRow,
  DueItemRow,
  NoticeRow,
  NoticeSettingsRow,
  FollowerRow,
  FollowerPlaceRow,
  WebhookEndpointRow,
  WebhookTryRow,
  NoticeChannelRow,
];
