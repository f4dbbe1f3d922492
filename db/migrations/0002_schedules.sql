CREATE TABLE `schedule_runs` (
	`schedule_id` text NOT NULL,
	`item_id` text NOT NULL,
	`last_run` text NOT NULL,
	PRIMARY KEY(`schedule_id`, `item_id`),
	FOREIGN KEY (`schedule_id`) REFERENCES `schedules`(`schedule_id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `schedules` (
	`schedule_id` text PRIMARY KEY NOT NULL,
	`wish` text NOT NULL,
	`created_at_ms` integer NOT NULL
) STRICT;
