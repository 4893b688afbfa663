#ifndef PACE_H
#define PACE_H

#include <sqlite3.h>

// Has a file that the system's file system has opened take what a paced thread writes bit by bit; see
// cstorage_pace_writes.
void pace_file(sqlite3_file *file);

#endif
