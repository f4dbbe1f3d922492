CREATE TABLE `care_items` (
	`item_id` text PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`mailbox_id` text NOT NULL,
	`address` text NOT NULL,
	`state` text NOT NULL,
	`note` text,
	`started_at_ms` integer,
	`ended_at_ms` integer,
	FOREIGN KEY (`run_id`) REFERENCES `care_runs`(`run_id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `care_items_by_run` ON `care_items` (`run_id`);--> statement-breakpoint
CREATE INDEX `care_items_by_mailbox` ON `care_items` (`mailbox_id`,`state`);--> statement-breakpoint
CREATE TABLE `care_junk_looks` (
	`run_id` text PRIMARY KEY NOT NULL,
	`at_ms` integer NOT NULL,
	`criteria` text NOT NULL,
	`looks` text NOT NULL,
	`messages` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `care_messages` (
	`item_id` text NOT NULL,
	`position` integer NOT NULL,
	`folder` text NOT NULL,
	`uid_validity` text NOT NULL,
	`uid` integer NOT NULL,
	`subject` text NOT NULL,
	`sender` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`internal_date_ms` integer,
	`attachments` integer NOT NULL,
	`flags` text NOT NULL,
	`message_id` text,
	`state` text NOT NULL,
	`why` text,
	`sha256` text,
	`note` text,
	PRIMARY KEY(`item_id`, `position`),
	FOREIGN KEY (`item_id`) REFERENCES `care_items`(`item_id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `care_messages_by_state` ON `care_messages` (`item_id`,`state`,`position`);--> statement-breakpoint
CREATE TABLE `care_plans` (
	`plan_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`rule` text NOT NULL,
	`archive_id` text NOT NULL,
	`mailbox_ids` text,
	`compare_again` integer NOT NULL,
	`removal_on` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `care_recoveries` (
	`recovery_id` text PRIMARY KEY NOT NULL,
	`mailbox_id` text NOT NULL,
	`address` text NOT NULL,
	`from_folder` text NOT NULL,
	`from_uid_validity` text NOT NULL,
	`from_uid` integer NOT NULL,
	`to_folder` text NOT NULL,
	`to_uid_validity` text,
	`to_uid` integer,
	`sender` text NOT NULL,
	`subject` text NOT NULL,
	`message_id` text,
	`reason` text NOT NULL,
	`ticket_id` text,
	`state` text NOT NULL,
	`note` text,
	`at_ms` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `care_recoveries_newest` ON `care_recoveries` (`mailbox_id`,`at_ms`);--> statement-breakpoint
CREATE TABLE `care_runs` (
	`run_id` text PRIMARY KEY NOT NULL,
	`plan_id` text,
	`plan_name` text NOT NULL,
	`rule` text NOT NULL,
	`archive_id` text NOT NULL,
	`compare_again` integer NOT NULL,
	`job_id` text,
	`created_at_ms` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `care_runs_newest` ON `care_runs` (`created_at_ms`);--> statement-breakpoint
CREATE TABLE `care_scans` (
	`scan_id` text PRIMARY KEY NOT NULL,
	`mailbox_id` text NOT NULL,
	`at_ms` integer NOT NULL,
	`used_bytes` integer,
	`limit_bytes` integer,
	`messages` integer NOT NULL,
	`size_bytes` integer NOT NULL,
	`report` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `care_scans_newest` ON `care_scans` (`mailbox_id`,`at_ms`);
