import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A secret of the service itself, made once and shared by every replica and the CLI. */
@Entity('service_secrets')
export class ServiceSecretRow {
  @PrimaryColumn('text')
  name!: string;

  /** 32 random bytes. */
  @Column('bytea')
  value!: Buffer;
}
