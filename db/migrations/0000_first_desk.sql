CREATE TABLE `jobs` (
	`run_id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`state` text NOT NULL,
	`progress` text NOT NULL,
	`started_at_ms` integer NOT NULL,
	`ended_at_ms` integer,
	`outcome` text,
	`error_code` text,
	`pausable` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `jobs_started` ON `jobs` (`started_at_ms`);
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) STRICT;
--> statement-breakpoint
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
CREATE UNIQUE INDEX `people_by_email` ON `people` (`email_key`);
--> statement-breakpoint
CREATE INDEX `people_by_name` ON `people` (`name_key`,`person_id`);
--> statement-breakpoint
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
CREATE UNIQUE INDEX `mailboxes_by_person` ON `mailboxes` (`person_id`,`address_key`);
--> statement-breakpoint
CREATE INDEX `mailboxes_by_address` ON `mailboxes` (`address_key`,`mailbox_id`);
--> statement-breakpoint
CREATE INDEX `mailboxes_by_domain` ON `mailboxes` (`domain`,`created_at_ms`);
--> statement-breakpoint
CREATE TABLE `reply_outbox` (
	`reply_event_id` text PRIMARY KEY NOT NULL,
	`ticket_id` text NOT NULL,
	`state` text NOT NULL CHECK (`state` IN ('waiting', 'sending')),
	`reason` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_attempt_at_ms` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `reply_outbox_by_time` ON `reply_outbox` (`state`,`next_attempt_at_ms`);
--> statement-breakpoint
CREATE TABLE `ticket_attachments` (
	`attachment_id` text PRIMARY KEY NOT NULL,
	`ticket_id` text NOT NULL,
	`bytes` blob NOT NULL CHECK (length(`bytes`) <= 10485760)
) STRICT;
--> statement-breakpoint
CREATE INDEX `ticket_attachments_by_ticket` ON `ticket_attachments` (`ticket_id`);
--> statement-breakpoint
CREATE TABLE `ticket_events` (
	`ticket_id` text NOT NULL,
	`event_id` text NOT NULL,
	`step_id` text NOT NULL,
	`machine_id` text NOT NULL,
	`at_ms` integer NOT NULL,
	`type` text NOT NULL,
	`actor` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`ticket_id`, `event_id`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `ticket_tags` (
	`tag` text NOT NULL,
	`row_id` integer NOT NULL,
	PRIMARY KEY(`tag`, `row_id`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `ticket_tags_by_row` ON `ticket_tags` (`row_id`);
--> statement-breakpoint
CREATE TABLE `ticket_views` (
	`view_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`filter` text NOT NULL,
	`sort` text NOT NULL,
	`created_at_ms` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `tickets` (
	`row_id` integer PRIMARY KEY NOT NULL,
	`ticket_id` text NOT NULL,
	`number` text NOT NULL,
	`desk` text NOT NULL,
	`sequence` integer NOT NULL,
	`subject` text NOT NULL,
	`requester_name` text NOT NULL,
	`requester_email` text NOT NULL,
	`person_id` text,
	`mailbox_id` text,
	`status` text NOT NULL,
	`priority` text NOT NULL,
	`category` text NOT NULL,
	`assignee_key` text NOT NULL,
	`assignee` text,
	`tags` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`due_at_ms` integer NOT NULL,
	`due_clock` text,
	`priority_sort` integer NOT NULL,
	`evidence_count` integer NOT NULL,
	`reply_state` text
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `tickets_ticket_id_unique` ON `tickets` (`ticket_id`);
--> statement-breakpoint
CREATE INDEX `tickets_by_updated` ON `tickets` (`updated_at_ms`,`row_id`,`status`,`assignee_key`,`priority`,`category`,`due_at_ms`);
--> statement-breakpoint
CREATE INDEX `tickets_by_created` ON `tickets` (`created_at_ms`,`row_id`,`status`,`assignee_key`,`priority`,`category`,`due_at_ms`);
--> statement-breakpoint
CREATE INDEX `tickets_by_due` ON `tickets` (`due_at_ms`,`row_id`,`status`,`assignee_key`,`priority`,`category`);
--> statement-breakpoint
CREATE INDEX `tickets_by_priority` ON `tickets` (`priority_sort`,`row_id`,`status`,`assignee_key`,`priority`,`category`,`due_at_ms`);
--> statement-breakpoint
CREATE INDEX `tickets_by_requester` ON `tickets` (`requester_email`);
--> statement-breakpoint
CREATE INDEX `tickets_by_person` ON `tickets` (`person_id`);
--> statement-breakpoint
CREATE INDEX `tickets_by_mailbox` ON `tickets` (`mailbox_id`);
--> statement-breakpoint
CREATE INDEX `tickets_by_number` ON `tickets` (`desk`,`sequence`);
--> statement-breakpoint
CREATE INDEX `tickets_by_assignee` ON `tickets` (`assignee`);
--> statement-breakpoint
CREATE INDEX `tickets_by_reply_state` ON `tickets` (`reply_state`);
--> statement-breakpoint
CREATE TRIGGER `ticket_events_no_update` BEFORE UPDATE ON `ticket_events`
BEGIN SELECT RAISE(ABORT, 'ticket_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `ticket_events_no_delete` BEFORE DELETE ON `ticket_events`
BEGIN SELECT RAISE(ABORT, 'ticket_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `reply_outbox_only_replies` BEFORE INSERT ON `reply_outbox`
WHEN NOT EXISTS (
	SELECT 1 FROM `ticket_events`
	WHERE `ticket_id` = NEW.`ticket_id` AND `event_id` = NEW.`reply_event_id` AND `type` = 'replied'
)
BEGIN SELECT RAISE(ABORT, 'only a public reply can be sent'); END;
--> statement-breakpoint
CREATE VIRTUAL TABLE `ticket_search` USING fts5(
	number, subject, requester, body,
	content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
--> statement-breakpoint
CREATE TABLE `archive_reports` (
	`run_id` text PRIMARY KEY NOT NULL,
	`archive_id` text,
	`ended_at_ms` integer NOT NULL,
	`report` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `archive_reports_newest` ON `archive_reports` (`archive_id`,`ended_at_ms`);
--> statement-breakpoint
CREATE TABLE `archives` (
	`archive_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`path` text NOT NULL,
	`kind` text NOT NULL,
	`created_at_ms` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `practice_links` (
	`local_part` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`mailbox_id` text NOT NULL,
	`ticket_id` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `diagnostic_results` (
	`run_id` text NOT NULL,
	`result_id` text NOT NULL,
	`position` integer NOT NULL,
	`result` text NOT NULL,
	PRIMARY KEY(`run_id`, `result_id`),
	FOREIGN KEY (`run_id`) REFERENCES `diagnostic_runs`(`run_id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `diagnostic_runs` (
	`run_id` text PRIMARY KEY NOT NULL,
	`mailbox_id` text,
	`address` text NOT NULL,
	`ticket_id` text,
	`state` text NOT NULL,
	`started_at_ms` integer NOT NULL,
	`ended_at_ms` integer,
	`subject` text NOT NULL,
	`options` text NOT NULL,
	`ladder` text NOT NULL,
	`finding_status` text,
	`finding` text,
	`other_findings` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `diagnostic_runs_started` ON `diagnostic_runs` (`started_at_ms`);
--> statement-breakpoint
CREATE INDEX `diagnostic_runs_mailbox` ON `diagnostic_runs` (`mailbox_id`,`started_at_ms`);
--> statement-breakpoint
CREATE TABLE `diagnostic_transcripts` (
	`run_id` text NOT NULL,
	`transcript_id` text NOT NULL,
	`lines` text NOT NULL,
	PRIMARY KEY(`run_id`, `transcript_id`),
	FOREIGN KEY (`run_id`) REFERENCES `diagnostic_runs`(`run_id`) ON UPDATE no action ON DELETE cascade
) STRICT;
