CREATE TABLE `people` (
	`person_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`origin` text NOT NULL CHECK (`origin` IN ('added', 'practice')),
	`created_at_ms` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `people_by_email` ON `people` (`email_key`);--> statement-breakpoint
CREATE INDEX `people_by_name` ON `people` (`name_key`,`person_id`);--> statement-breakpoint
CREATE TABLE `mailboxes` (
	`mailbox_id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`address` text NOT NULL,
	`address_key` text NOT NULL,
	`domain` text NOT NULL,
	`username` text NOT NULL,
	`sign_in` text NOT NULL CHECK (`sign_in` IN ('password', 'xoauth2')),
	`imap` text CHECK (`imap` IS NULL OR json_valid(`imap`)),
	`smtp` text CHECK (`smtp` IS NULL OR json_valid(`smtp`)),
	`network` text NOT NULL CHECK (json_valid(`network`)),
	`created_at_ms` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`person_id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `mailboxes_by_person` ON `mailboxes` (`person_id`,`address_key`);--> statement-breakpoint
CREATE INDEX `mailboxes_by_address` ON `mailboxes` (`address_key`,`mailbox_id`);--> statement-breakpoint
CREATE INDEX `mailboxes_by_domain` ON `mailboxes` (`domain`,`created_at_ms`);
