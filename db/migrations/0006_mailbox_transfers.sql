CREATE TABLE `mailbox_transfers` (
	`mailbox_id` text NOT NULL,
	`direction` text NOT NULL,
	`hour_ms` integer NOT NULL,
	`bytes` integer NOT NULL,
	PRIMARY KEY(`mailbox_id`, `direction`, `hour_ms`)
) STRICT;
