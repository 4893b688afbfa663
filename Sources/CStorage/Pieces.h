#ifndef PIECES_H
#define PIECES_H

#include <sqlite3.h>

// SQLite's file system writes less than 128 KiB at a time: of more it takes what is left over when that is divided by 128
// KiB, and the rest is a full disk to it (seekAndWriteFd in https://sqlite.org/src/file/src/os_unix.c).
#define PIECES_LIMIT (64 * 1024)

// Has a temporary file that the system's file system has opened take any number of bytes at a time: what a savepoint may
// have to put back comes all at once when there is too much of it for memory.
void pieces_file(sqlite3_file *file);

#endif
