CREATE TABLE `drills` (
	`drill_id` text PRIMARY KEY NOT NULL,
	`archive_id` text NOT NULL,
	`target_name` text NOT NULL,
	`state` text NOT NULL,
	`run_id` text NOT NULL,
	`started_at_ms` integer NOT NULL,
	`ended_at_ms` integer,
	`scratch` text NOT NULL,
	`cleaned_up` integer NOT NULL,
	`signed` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `drills_newest` ON `drills` (`archive_id`,`started_at_ms`);--> statement-breakpoint
CREATE TABLE `restore_items` (
	`restore_id` text NOT NULL,
	`occurrence_id` integer NOT NULL,
	`target_folder` text NOT NULL,
	`sha256` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`subject` text NOT NULL,
	`source` text NOT NULL,
	`path` text NOT NULL,
	`state` text NOT NULL,
	`uid_validity` text,
	`uid` integer,
	`known_by` text,
	`reason` text,
	`words` text,
	`at_ms` integer NOT NULL,
	PRIMARY KEY(`restore_id`, `occurrence_id`, `target_folder`),
	FOREIGN KEY (`restore_id`) REFERENCES `restores`(`restore_id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `restore_items_by_place` ON `restore_items` (`target_folder`,`uid_validity`,`uid`);--> statement-breakpoint
CREATE INDEX `restore_items_by_state` ON `restore_items` (`restore_id`,`state`);--> statement-breakpoint
CREATE TABLE `restores` (
	`restore_id` text PRIMARY KEY NOT NULL,
	`archive_id` text NOT NULL,
	`archive_name` text NOT NULL,
	`target_key` text NOT NULL,
	`target_name` text NOT NULL,
	`request` text NOT NULL,
	`dry_run` integer NOT NULL,
	`state` text NOT NULL,
	`run_id` text NOT NULL,
	`started_at_ms` integer NOT NULL,
	`ended_at_ms` integer,
	`report` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `restores_newest` ON `restores` (`archive_id`,`started_at_ms`);