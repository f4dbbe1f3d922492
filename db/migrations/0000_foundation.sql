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
);
--> statement-breakpoint
CREATE INDEX `jobs_started` ON `jobs` (`started_at_ms`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
