#ifndef CSTORAGE_H
#define CSTORAGE_H

#include <sqlite3.h>

// What SQLite is lent below its own interface: where it writes, and its memory.

// SQLite writes its log in pieces of 24 bytes and of a page, two calls for each page of a commit. With this file system
// (https://sqlite.org/vfs.html) a commit is one write; everything else is the system's own, "unix".

// Makes it known to SQLite and answers its name; NULL where there is no memory.
const char *cstorage_register(void);

// Says whether from now on what the calling thread has SQLite write into a database or its log is synced every 256 KiB or
// 16 places, so that others who sync something of theirs need not wait until the disk has all of it. Answers whether it was.
int cstorage_pace_writes(int wanted);

// fdatasync that gives the disk 256 KiB at a time, for the same reason.
int cstorage_sync_in_pieces(int file);

// Has what a savepoint may have to put back stay in memory up to so many bytes, beyond which it goes to a temporary file
// (https://sqlite.org/c3ref/c_config_covering_index_scan.html#sqliteconfigstmtjrnlspill), and has SQLite's memory taken and
// given back faster. Called before SQLite is used for the first time; answers its error.
int cstorage_configure_memory(int savepoint);

// The files of one database: itself, its log, and the log's index. Used by one connection at a time.
struct cstorage_files;

// Opens the files of a database that is there, in pages of 1 KiB and with a log, or answers SQLite's error: SQLITE_NOTADB
// for another, SQLITE_BUSY where somebody closes it, SQLITE_READONLY where it may not be written.
int cstorage_open_files(const char *path, struct cstorage_files **files);

// SQLite's number of the schema as it stood in the file when it was opened; a log may have a later one.
int cstorage_schema_number(const struct cstorage_files *files);

// Whether the database is still at the path where it was opened.
int cstorage_are_in_place(struct cstorage_files *files);

// Closes them as they are: nothing is written back. No connection may be at them any more.
void cstorage_close_files(struct cstorage_files *files);

// Opens a connection that is at these files and can move to others; answers SQLite's error.
int cstorage_open_moving(struct cstorage_files *files, int flags, sqlite3 **connection);

// Moves a connection that has no transaction to other files, where nobody is, or away from those it is at; answers SQLite's
// error, after which it is at none and can only be closed. The schema of the others must be the same in all that SQLite reads of it.
int cstorage_move(sqlite3 *connection, struct cstorage_files *files);

// Whether a connection should move: one that has seen a very long log would have every other log's index made as long.
int cstorage_may_move(sqlite3 *connection);

// Closes a connection that can move, after its last statement; the files stay.
int cstorage_close_moving(sqlite3 *connection);

#endif
