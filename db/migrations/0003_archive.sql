CREATE TABLE `archive_reports` (
	`run_id` text PRIMARY KEY NOT NULL,
	`archive_id` text,
	`ended_at_ms` integer NOT NULL,
	`report` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `archive_reports_newest` ON `archive_reports` (`archive_id`,`ended_at_ms`);--> statement-breakpoint
CREATE TABLE `archives` (
	`archive_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`path` text NOT NULL,
	`kind` text NOT NULL,
	`created_at_ms` integer NOT NULL
);
