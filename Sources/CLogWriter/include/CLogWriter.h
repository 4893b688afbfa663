#ifndef CLOGWRITER_H
#define CLOGWRITER_H

// SQLite writes its log in pieces of 24 bytes and of a page, two calls for each page of a commit. With this file system
// (https://sqlite.org/vfs.html) a commit is one write; everything else is the system's own, "unix".

// Makes it known to SQLite and answers its name; NULL where there is no memory.
const char *clogwriter_register(void);

// From now on what the calling thread has SQLite write into a database or its log is synced every 256 KiB or 16 places, so
// that others who sync something of theirs need not wait until the disk has all of it.
void clogwriter_pace_writes(void);

// Has what a savepoint may have to put back stay in memory up to so many bytes, beyond which it goes to a temporary file
// (https://sqlite.org/c3ref/c_config_covering_index_scan.html#sqliteconfigstmtjrnlspill), and has SQLite's memory taken and
// given back faster. Called before SQLite is used for the first time; answers its error.
int clogwriter_configure_memory(int savepoint);

#endif
