CREATE TABLE `practice_links` (
	`local_part` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`mailbox_id` text NOT NULL,
	`ticket_id` text
);
