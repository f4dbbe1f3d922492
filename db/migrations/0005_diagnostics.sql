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
CREATE INDEX `diagnostic_runs_started` ON `diagnostic_runs` (`started_at_ms`);--> statement-breakpoint
CREATE INDEX `diagnostic_runs_mailbox` ON `diagnostic_runs` (`mailbox_id`,`started_at_ms`);--> statement-breakpoint
CREATE TABLE `diagnostic_transcripts` (
	`run_id` text NOT NULL,
	`transcript_id` text NOT NULL,
	`lines` text NOT NULL,
	PRIMARY KEY(`run_id`, `transcript_id`),
	FOREIGN KEY (`run_id`) REFERENCES `diagnostic_runs`(`run_id`) ON UPDATE no action ON DELETE cascade
) STRICT;
