import type { DovecotOptions } from './dovecot.ts'
import { loopback, servingUser } from './instance.ts'

/** The ports of one Dovecot. */
export interface DovecotPorts {
  readonly imap: number
  readonly imaps: number
  readonly lmtp: number
  readonly sieve: number
}

/** The folders a mailbox starts with, by their use (RFC 6154). */
const specialFolders = { Sent: 'Sent', Archive: 'Archive', Junk: 'Junk', Trash: 'Trash', Drafts: 'Drafts' }

/**
 * A whole configuration of Dovecot 2.3 that keeps everything below one folder and listens on loopback only.
 * https://doc.dovecot.org/2.3/ names every setting.
 */
export function dovecotConfig(folder: string, ports: DovecotPorts, options: DovecotOptions): string {
  return [
    general(folder),
    security(folder, options),
    users(folder),
    mailboxes(options),
    protocols(),
    listeners(ports),
    options.extraConfig ?? '',
  ].join('\n')
}

function general(folder: string): string {
  const { name, group, uid, gid } = servingUser
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap lmtp sieve
listen = ${loopback}
default_internal_user = ${name}
default_internal_group = ${group}
default_login_user = ${name}
first_valid_uid = 1
first_valid_gid = 1
mail_uid = ${uid}
mail_gid = ${gid}
mail_home = ${folder}/mail/%u
mail_location = maildir:~/Maildir
mail_plugins = quota zlib
recipient_delimiter = +`
}

function security(folder: string, options: DovecotOptions): string {
  const tls = options.tls ?? 'optional'
  return `
ssl = ${{ optional: 'yes', required: 'required', off: 'no' }[tls]}
ssl_cert = <${folder}/tls/cert.pem
ssl_key = <${folder}/tls/key.pem
disable_plaintext_auth = ${tls === 'required' ? 'yes' : 'no'}
auth_mechanisms = ${options.authMechanisms ?? 'plain login'}
auth_username_format = %Lu
# A refused sign-in is answered at once: tests wait for nothing that they do not test.
auth_failure_delay = 0
auth_cache_size = 0
mail_max_userip_connections = ${options.maxConnectionsPerUser ?? 50}`
}

function users(folder: string): string {
  return `
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${folder}/users
}
userdb {
  driver = passwd-file
  args = username_format=%u ${folder}/users
}`
}

function mailboxes(options: DovecotOptions): string {
  const folders = Object.entries(options.specialFolders ?? specialFolders).map(
    ([use, name]) => `  mailbox "${name}" {\n    special_use = \\${use}\n    auto = subscribe\n  }`,
  )
  return `
namespace inbox {
  inbox = yes
  separator = ${options.separator ?? '/'}
${folders.join('\n')}
}`
}

function protocols(): string {
  return `
protocol imap {
  mail_plugins = $mail_plugins imap_quota imap_zlib
}
protocol lmtp {
  mail_plugins = $mail_plugins sieve
  postmaster_address = postmaster@lab.test
}
lda_mailbox_autocreate = yes
plugin {
  quota = count:User quota
  quota_vsizes = yes
  quota_grace = 0
  quota_rule = *:storage=8G
  sieve = file:~/sieve;active=~/.dovecot.sieve
}`
}

function listeners(ports: DovecotPorts): string {
  return `
service imap-login {
  chroot =
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imaps}
    ssl = yes
  }
}
service managesieve-login {
  chroot =
  inet_listener sieve {
    port = ${ports.sieve}
  }
}
service lmtp {
  inet_listener lmtp {
    port = ${ports.lmtp}
  }
}
service auth {
  unix_listener auth-client {
    mode = 0666
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}`
}
