#pragma once
// Without these the header says nothing of sqlite3_preupdate_hook and sqlite3changeset_apply, which the library has.
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#define SQLITE_ENABLE_SESSION 1
#include <sqlite3.h>

// sqlite3_config and sqlite3_db_config are variadic, which Swift cannot call.

/// No page cache set aside per connection: https://sqlite.org/c3ref/c_config_covering_index_scan.html#sqliteconfigpagecache
static inline int patron_sqlite3_config_no_pagecache(void) {
    return sqlite3_config(SQLITE_CONFIG_PAGECACHE, (void *)0, 0, 0);
}

/// No memory statistics: they take a process-wide lock on every allocation.
static inline int patron_sqlite3_config_no_memstatus(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/// Memory set aside per connection for what is small and short-lived: half of what SQLite takes by itself.
/// https://sqlite.org/malloc.html#lookaside
static inline int patron_sqlite3_config_lookaside(void) {
    return sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 1200, 20);
}

/// Leaves the log as it is when the connection is closed.
/// https://sqlite.org/c3ref/c_dbconfig_defensive.html#sqlitedbconfignockptonclose
static inline int patron_sqlite3_keep_log(sqlite3 *connection) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

/// Lets changes be made that have been made once: their triggers, cascades and checks have had their effects.
/// https://sqlite.org/c3ref/c_dbconfig_defensive.html
static inline int patron_sqlite3_begin_replay(sqlite3 *connection) {
    int result = sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_FKEY, 0, (int *)0);
    if (result == SQLITE_OK) result = sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, (int *)0);
    if (result == SQLITE_OK) result = sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 0, (int *)0);
    if (result == SQLITE_OK) result = patron_sqlite3_keep_log(connection);
    return result;
}
