CREATE TABLE `retention_rules` (
	`rule_id` text PRIMARY KEY NOT NULL,
	`archive_id` text NOT NULL,
	`rule` text NOT NULL,
	`created_at_ms` integer NOT NULL
) STRICT;
