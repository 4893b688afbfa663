#pragma once
#include <sqlite3.h>

// sqlite3_config is variadic, which Swift cannot call.

/// No page cache set aside per connection: https://sqlite.org/c3ref/c_config_covering_index_scan.html#sqliteconfigpagecache
static inline int patron_sqlite3_config_no_pagecache(void) {
    return sqlite3_config(SQLITE_CONFIG_PAGECACHE, (void *)0, 0, 0);
}

/// No memory statistics: they take a process-wide lock on every allocation.
static inline int patron_sqlite3_config_no_memstatus(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
