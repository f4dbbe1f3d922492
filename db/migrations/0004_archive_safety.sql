CREATE TABLE `archive_copies` (
	`copy_id` text PRIMARY KEY NOT NULL,
	`archive_id` text NOT NULL,
	`path` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`automatic` integer NOT NULL,
	`synced_at_ms` integer,
	`verified_at_ms` integer,
	`damaged_places` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `archive_copies_by_archive` ON `archive_copies` (`archive_id`);--> statement-breakpoint
CREATE TABLE `archive_scrubs` (
	`archive_id` text PRIMARY KEY NOT NULL,
	`started_at_ms` integer NOT NULL,
	`pack` integer NOT NULL,
	`generation` integer NOT NULL,
	`next_byte` integer NOT NULL,
	`messages` integer NOT NULL,
	`mail_bytes` integer NOT NULL,
	`bytes_done` integer NOT NULL,
	`segments` integer NOT NULL,
	`damage` text NOT NULL
) STRICT;
